"""Every expression."""
import sys
a, b, c, d = 3, 4.5, -2j, "text"
numbers = [1, 0x10, 0b1, 10**3, 1_000_000_000_000_000_000_000, 1e300, 1e-300, 0.0, -0.0, 2.5j]
texts = ["", "a" 'b', u"unicode", b"bytes\xff", "é€𝄞", "\ud800", f"{a}", f"{a!r:>{b}}{c:x}{{}}" f"{d=}"]
others = [None, True, False, ..., (), [], {}, set(), {1, 2}, {"k": 1, **{}, "m": 2}, (1, *texts), [*texts, 2]]
operators = a + b - a * b / a // b % a ** b, ~1 | 2 & 3 ^ 4 << 5 >> 6, not a, -a, +a
comparisons = a < b, a <= b != c, a is None is not b, a in texts not in others, a == b > a >= b
logic = a and b or c and (d or not a), a if b else c, (a if b else c) if d else a
parts = texts[0], texts[1:2], texts[::2], texts[:], numbers[a:b, ..., ::c] if False else None
called = print(), print(*texts), print(a, sep=""), print(*texts, a, sep="", **{}, end="")
lambdas = lambda: 0, lambda x, /, y=1, *args, z, w=2, **kw: (x, y, args, z, w, kw), lambda: (yield)
comprehensions = (
    [i for i in numbers],
    {i for i in texts if i if not i},
    {k: v for k, v in enumerate(texts) for _ in ()},
    list(i + j for i in numbers for j in numbers if i != j),
    [[j for j in range(i)] for i in range(3)],
    [lambda: i for i in range(3)],
)
if (walrus := len(texts)) > 2 and [last := t for t in texts]:
    print(walrus, last)
sys.stdout.write("\n")
