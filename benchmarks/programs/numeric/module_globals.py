"""A loop at module level: all of its variables are globals, as in a script without functions."""

import sys

SIZES = {"tiny": 5_000, "small": 3_700_000, "large": 30_000_000}

limit = SIZES[sys.argv[1]]
fizz = 0
buzz = 0
total = 0
mean = 0.0
i = 0
while i < limit:
    if i % 3 == 0:
        fizz += 1
    elif i % 5 == 0:
        buzz += i & 7
    total += i * i % 7
    mean += (i - mean) / (i + 1)
    i += 1

print(f"{fizz} {buzz} {total} {mean!r}")
