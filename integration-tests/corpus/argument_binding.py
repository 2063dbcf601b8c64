"""Parameters of every kind, defaults, and how calls fill them."""

import inspect


def everything(a, b=2, /, c=3, *args, d, e=5, **kwargs):
    return a, b, c, args, d, e, kwargs


print(everything(1, d=4))
print(everything(1, 20, 30, 40, 50, d=4, f=6))
print(everything(1, c=30, d=4, a=10, b=20))
print(everything(*[1, 2], **{"d": 4, "c": 3}))
print(everything(*(1,), 2, *[3, 4], d=4, **{"x": 1}, **{"y": 2}))
print(inspect.signature(everything))
print(everything.__defaults__, everything.__kwdefaults__)


def positional_only(x, y=5, /):
    return x, y


def keyword_only(*, x, y=5):
    return x, y


def star_only(*args):
    return args


def double_star_only(**kwargs):
    return kwargs


def all_kinds_one(x, /, y, *, z):
    return x, y, z


print(positional_only(1), positional_only(1, 2), keyword_only(x=1), keyword_only(y=2, x=1))
print(star_only(), star_only(1, *"ab"), double_star_only(), double_star_only(self=1, args=2))
print(all_kinds_one(1, 2, z=3), all_kinds_one(1, y=2, z=3))

calls = []


def default(value):
    calls.append(value)
    return value


def with_defaults(a=default("a"), b=default("b"), *, c=default("c"), d=default("d")):
    return a, b, c, d


print(calls, with_defaults(), calls)


def mutable(x, seen=[]):
    seen.append(x)
    return seen


print(mutable(1), mutable(2), mutable(3, []), mutable.__defaults__)


def uses_earlier_name(n=len("abc")):
    return n


print(uses_earlier_name())
with_defaults.__defaults__ = (10, 20)
with_defaults.__kwdefaults__ = {"c": 30, "d": 40}
print(with_defaults())
with_defaults.__defaults__ = None
try:
    with_defaults()
except TypeError as error:
    print(error)


def kwargs_copied(**kwargs):
    kwargs["added"] = True
    return kwargs


original = {"a": 1}
print(kwargs_copied(**original), original)


def order_kept(**kwargs):
    return list(kwargs)


print(order_kept(z=1, a=2, **{"m": 3}, b=4))


class Mapping:
    def keys(self):
        return ["k1", "k2"]

    def __getitem__(self, key):
        return key.upper()


print(double_star_only(**Mapping()), star_only(*Mapping().keys()))


def names_of_locals(a, /, b, *args, c, **kwargs):
    local = 1
    return names_of_locals.__code__.co_varnames, names_of_locals.__code__.co_argcount


print(names_of_locals(1, 2, c=3))
code = everything.__code__
print(code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags & 12)


class Methods:
    def method(self, x=1, /, *, self_=2, **kwargs):
        return x, self_, kwargs

    @classmethod
    def make(cls, *args, **kwargs):
        return cls.__name__, args, kwargs

    @staticmethod
    def static(*args, **kwargs):
        return args, kwargs


m = Methods()
print(m.method(self=5), m.method(2, x=3), Methods.method(m, 4), Methods.make(1, k=2))
print(Methods.static(m is not None, self=1), m.static())


def recursive_star(*args):
    if not args:
        return []
    first, *rest = args
    return [first, *recursive_star(*rest)]


print(recursive_star(1, 2, 3))


def nested_default(x, f=lambda y: y * 2, g=lambda *a, k=3, **kw: (a, k, kw)):
    return f(x), g(x, k=x, z=x)


print(nested_default(4))
print((lambda a, /, b=2, *c, d=4, **e: (a, b, c, d, e))(1, 2, 3, d=5, f=6))
print((lambda: "no arguments")(), (lambda *, k: k)(k=1), (lambda *a, **k: (a, k))(1, z=2))
many = {f"p{i}": i for i in range(300)}
print(len(double_star_only(**many)), sum(star_only(*range(300))))
source = "def f({}):\n    return {}\n".format(
    ", ".join(f"a{i}" for i in range(300)), " + ".join(f"a{i}" for i in range(300))
)
namespace = {}
exec(source, namespace)
print(namespace["f"](*range(300)))
