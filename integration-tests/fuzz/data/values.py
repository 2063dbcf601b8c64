"""Operators, displays, calls, value regions."""
a, b, c = 3, 4.5, "text"
items = [1, 2, *(3, 4), 5]
pairs = {"x": a, **{"y": b}, "z": c}
both = (*items, *pairs, {a, b, *items})
print(a + b * 2 - -a, a / 3, a // 2, a % 2, a ** 2, 5 & 3 | 4 ^ 1, 1 << 3 >> 1, not a, ~a)
print(a < b, a <= b != c, 1 < a < 5 < b, c in pairs, a is None, a is not None, c not in items)
print(a and b or c, not (a and items), a if b else c, (a or c)[:2] if a > 9 else items[1:-1:2])
def take(*args, key=None, **rest):
    return args, key, sorted(rest)
print(take(1, 2), take(*items), take(*items, 3, key=b), take(a, **pairs), take(*c, q=1, **pairs))
print(f"{a} {b!r:>8} {c:{a}}", f"{take(1)[0]}" "literal", len(f"{c!s}{c!a}"))
x = y = [0, 1, 2]
x[0], (x[1], *rest) = 5, (6, 7, 8)
y[0] += 1
items[1:2] = [9, 9]
total = 0
total += len(items); total *= 2
class Box: pass
box = Box()
box.value, box.other = 1, [2]
box.value += 1; box.other[0] -= 1
del box.other[0], box.value, items[0]
print(total, rest, x, box.__dict__, (n := 10) + n, [m := 5, m])
print([i * j for i in range(3) for j in range(i) if i], {i for i in c if i > "e"})
print({k: v for k, v in pairs.items()}, sum(i for i in items if i), list(map(lambda v, k=2: v * k, x)))
print(..., None, True, 2j, b"bytes", 10**30, 1e300, u"u")
assert total, "message"
