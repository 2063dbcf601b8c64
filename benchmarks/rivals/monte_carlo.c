/* What programs/numeric/monte_carlo.py does. */
#include "sizes.h"

int main(int count, char **words)
{
    long samples = size_of(count, words, 5000, 4450000, 36000000);
    long state = 42, inside = 0;
    for (long k = 0; k < samples; k++) {
        state = (1103515245 * state + 12345) & 0x7FFFFFFF;
        double x = state / 2147483648.0;
        state = (1103515245 * state + 12345) & 0x7FFFFFFF;
        double y = state / 2147483648.0;
        if (x * x + y * y <= 1.0) inside++;
    }
    double pi = 4.0 * inside / samples;
    char text[32];
    for (int digits = 1; digits <= 17; digits++) { /* as Python: the shortest that reads back */
        snprintf(text, sizeof text, "%.*g", digits, pi);
        if (strtod(text, NULL) == pi) break;
    }
    printf("pi is about %s, generator at %ld\n", text, state);
}
