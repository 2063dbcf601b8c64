"""Fourier transform of a power of two points and back, several times, over two flat lists."""

import math
import sys

SIZES = {"tiny": (128, 1), "small": (4096, 91), "large": (4096, 740)}


def transform(re, im, sign):
    size = len(re)
    j = 0
    for i in range(1, size):
        bit = size >> 1
        while j & bit:
            j ^= bit
            bit >>= 1
        j ^= bit
        if i < j:
            re[i], re[j] = re[j], re[i]
            im[i], im[j] = im[j], im[i]
    half = 1
    while half < size:
        angle = sign * math.pi / half
        for k in range(half):
            w_re = math.cos(angle * k)
            w_im = math.sin(angle * k)
            for i in range(k, size, 2 * half):
                j = i + half
                t_re = w_re * re[j] - w_im * im[j]
                t_im = w_re * im[j] + w_im * re[j]
                re[j] = re[i] - t_re
                im[j] = im[i] - t_im
                re[i] += t_re
                im[i] += t_im
        half *= 2


def main(size, times):
    re = [float((i * i) % 17) for i in range(size)]
    im = [0.0] * size
    power = 0.0
    for _ in range(times):
        transform(re, im, -1.0)
        power += re[1] * re[1] + im[1] * im[1]
        transform(re, im, 1.0)
        for i in range(size):
            re[i] /= size
            im[i] /= size
    print(f"power {power:.6f}, first {abs(re[3]):.6f}")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
