/* What programs/numeric/bit_mixing.py does. */
#include "sizes.h"
#include <stdint.h>

int main(int count, char **words)
{
    long rounds = size_of(count, words, 3000, 3200000, 26000000);
    uint64_t accumulator = 0x9E3779B9;
    for (long i = 0; i < rounds; i++) {
        uint64_t h = (uint64_t)i ^ (accumulator >> 3);
        h ^= h >> 16;
        h = (h * 0x045D9F3B) & 0xFFFFFFFF;
        h ^= h >> 15;
        h = (h * 0x2C1B3C6D) & 0xFFFFFFFF;
        h ^= (h << 7) & 0xFFFFFFFF;
        accumulator = (accumulator + h) & 0xFFFFFFFF;
    }
    printf("%08lx\n", (unsigned long)accumulator);
}
