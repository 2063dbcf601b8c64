"""Statements that choose, repeat and leave."""
def classify(n):
    if n < 0:
        return "negative"
    elif n == 0:
        return "zero"
    else:
        for d in range(2, n):
            if n % d == 0:
                break
        else:
            return "prime"
        return "composite"
print([classify(n) for n in (-1, 0, 2, 7, 9)])
count = 0
while count < 10:
    count += 1
    if count == 3: continue
    if count > 6: break
else:
    print("not reached")
for i, (j, *k) in enumerate([(1, 2), (3,), (4, 5, 6)]):
    print(i, j, k)
class Guard:
    def __init__(self, name, swallow=False): self.name, self.swallow = name, swallow
    def __enter__(self): print("enter", self.name); return self.name
    def __exit__(self, *error): print("exit", self.name, error[0]); return self.swallow
with Guard("a") as a, Guard("b", True) as b:
    print(a, b)
    1 / 0
with Guard("c"): pass
def leave(how):
    for n in range(3):
        try:
            with Guard(n):
                if how == 0: return n
                if how == 1: continue
                if how == 2: break
        finally:
            print("finally", n)
    return "end"
print(leave(0), leave(1), leave(2))
def match(value):
    match value:
        case 0 | 1: return "small"
        case -1 | 2j | "a" "b": return "literal"
        case None | True: return "singleton"
        case [x, y, *rest] if x == y: return x, rest
        case [[1 | 2 as q, *_], _]: return q
        case {"k": (3 | 4) as v, "l": [w], **more}: return v, w, more
        case str(s) | bytes(s): return s
        case Guard(name=n, swallow=False): return n
        case (p, _) as both: return p, both
        case _: return "other"
for value in (0, 2j, None, [1, 1, 2], [[2, 3], 0], {"k": 3, "l": [4], "m": 5}, "s", Guard("g"), (7, 8), 9):
    print(match(value))
del a, b
try: a
except NameError as error: print(error)
