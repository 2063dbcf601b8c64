"""Lambdas: defaults, closures, nesting, names, and bodies of every kind."""

print((lambda: None)(), (lambda x: x)(1), (lambda x, y=2, *z, k=3, **m: (x, y, z, k, m))(1, k=4, q=5))
functions = [lambda n=n: n * n for n in range(4)]
print([f() for f in functions], [f(10) for f in functions])
compose = lambda *fs: lambda x: compose(*fs[:-1])(fs[-1](x)) if fs else x
print(compose(lambda x: x + 1, lambda x: x * 2)(5))
curry = lambda a: lambda b: lambda c: (a, b, c)
print(curry(1)(2)(3), curry(1)(2).__code__.co_freevars)
Y = lambda f: (lambda x: x(x))(lambda x: f(lambda *a: x(x)(*a)))
print(Y(lambda me: lambda n: 1 if n == 0 else n * me(n - 1))(10))
f = lambda: 0
print(f.__name__, f.__qualname__, f.__doc__, f.__defaults__, type(f).__name__)


class Holder:
    method = lambda self, x=1: (type(self).__name__, x)
    pair = property(lambda self: 5, lambda self, v: print("set", v))
    names = [*map(lambda s: s.upper(), "ab")]


h = Holder()
h.pair = 3
print(h.method(), h.method(2), h.pair, Holder.names, Holder.method.__qualname__)


def outer():
    return [(lambda: lambda: i) for i in range(3)]


print([g()() for g in outer()], outer()[0].__qualname__, outer()[0]().__qualname__)
print((lambda x: [x, x + 1][x > 2])(3), (lambda x: x if x else "empty")(0), (lambda *a: a)(*"ab"))
print((lambda: (yield 5))().__next__(), list((lambda: (yield from "xy"))()))
print(sorted([(2, "b"), (1, "z"), (2, "a")], key=lambda p: (-p[0], p[1])))
print(list(filter(lambda x: x % 2, map(lambda x: x * 3, range(6)))))
print((lambda x: (lambda x: x * 2)(x + 1))(5), (lambda x=1: (lambda x=x: x)())())
print((lambda x, /, y, *, z: (x, y, z))(1, y=2, z=3), (lambda x: {"k": x, **{"m": x}})(1))
print((lambda: [i := 5, i])(), (lambda x: f"{x!r:>5}")("a"), (lambda x: x[1:])("abc"))
print((lambda a, b: a < b < 10)(1, 2), (lambda a: not a)(0), (lambda a: -a ** 2)(3), (lambda: ...)())
dispatch = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b}
print({name: operation(5, 3) for name, operation in dispatch.items()})
counter = (lambda: (lambda state: lambda: (state.append(len(state)), len(state))[1])([]))()
print(counter(), counter(), counter())
try:
    (lambda x: 1 / x)(0)
except ZeroDivisionError as error:
    print(error, error.__traceback__.tb_next.tb_frame.f_code.co_name)
try:
    (lambda: undefined)()
except NameError as error:
    print(error)
import functools

print(functools.reduce(lambda a, b: a * b, range(1, 6)), max("abc", "de", key=lambda s: len(s)))
if (lambda: True)():
    print("in condition")
lazy = lambda: (print("evaluated"), 1)[1]
print(True or lazy(), False and lazy(), lazy() and 2)
late = [lambda: value for value in range(2)]
value = "module level is separate"
print([g() for g in late])
recursive = lambda n: n and n + recursive(n - 1)
print(recursive(100))
print((lambda **kw: sorted(kw))(b=1, a=2), (lambda _, __: _ + __)(1, 2), (lambda:lambda:lambda:3)()()())
