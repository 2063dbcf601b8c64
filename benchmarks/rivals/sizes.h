/* The size of a run, named as the Python programs name it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static long size_of(int count, char **words, long tiny, long small, long large)
{
    const char *name = count > 1 ? words[1] : "";
    if (!strcmp(name, "tiny")) return tiny;
    if (!strcmp(name, "small")) return small;
    if (!strcmp(name, "large")) return large;
    fprintf(stderr, "usage: %s tiny|small|large\n", words[0]);
    exit(2);
}
