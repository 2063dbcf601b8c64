/* What programs/numeric/mandelbrot.py does. */
#include "sizes.h"

enum { LIMIT = 100 };

static long escape_time(double c_re, double c_im)
{
    double re = 0, im = 0;
    for (long iteration = 0; iteration < LIMIT; iteration++) {
        double re2 = re * re, im2 = im * im;
        if (re2 + im2 > 4.0) return iteration;
        im = 2.0 * re * im + c_im;
        re = re2 - im2 + c_re;
    }
    return LIMIT;
}

int main(int count, char **words)
{
    long side = size_of(count, words, 24, 680, 1950);
    long inside = 0, checksum = 0;
    for (long row = 0; row < side; row++) {
        double c_im = 2.4 * row / side - 1.2;
        for (long column = 0; column < side; column++) {
            double c_re = 3.0 * column / side - 2.1;
            long time = escape_time(c_re, c_im);
            if (time == LIMIT) inside++;
            checksum = (checksum * 31 + time) % 1000000007;
        }
    }
    printf("%ld inside, checksum %ld\n", inside, checksum);
}
