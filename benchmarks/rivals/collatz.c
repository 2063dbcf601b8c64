/* What programs/numeric/collatz.py does. */
#include "sizes.h"

static long steps(long start)
{
    long length = 0;
    while (start != 1) {
        if (start % 2 == 0) start /= 2;
        else start = 3 * start + 1;
        length++;
    }
    return length;
}

int main(int count, char **words)
{
    long limit = size_of(count, words, 600, 175000, 1250000);
    long total = 0, longest = 0, longest_start = 1;
    for (long start = 1; start < limit; start++) {
        long length = steps(start);
        total += length;
        if (length > longest) { longest = length; longest_start = start; }
    }
    printf("start %ld, %ld steps, %ld in all\n", longest_start, longest, total);
}
