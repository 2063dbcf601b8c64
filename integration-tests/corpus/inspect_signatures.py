"""inspect on a program's own functions and classes: signatures, kinds, sources, documentation."""

import functools
import inspect


def everything(a, b: int = 2, /, c="c", *args: str, d, e: float = 1.5, **kwargs) -> bool:
    """Does everything.

    Indented text.
    """


class Base:
    """Base's documentation."""

    class_attribute = 1

    def __init__(self, x, *, y=None):
        """Makes one."""

    def method(self, z: "int" = 0):
        """Documented in the base."""

    @classmethod
    def make(cls, v): ...

    @staticmethod
    def static(s, t=1): ...

    @property
    def prop(self):
        """A property."""

    def __call__(self, called_with): ...


class Child(Base):
    def method(self, z=0):
        pass


for thing in (everything, Base, Base.method, Base(1).method, Base.make, Base.static, Base(1), lambda x, *y: 0,
              functools.partial(everything, 1, d=4), Child, functools.wraps(everything)(lambda *a: 0)):  # fmt: skip
    print(inspect.signature(thing))
for parameter in inspect.signature(everything).parameters.values():
    print(parameter.name, parameter.kind.name, parameter.default is parameter.empty, parameter.annotation is parameter.empty)
bound = inspect.signature(everything).bind(1, 2, 3, 4, d=5, f=6)
bound.apply_defaults()
print(bound.arguments, bound.args, bound.kwargs)
for args, kwargs in (((), {}), ((1,), {}), ((1,), {"d": 1, "a": 2}), ((1, 2, 3), {"d": 1, "c": 2})):
    try:
        print(inspect.signature(everything).bind(*args, **kwargs))
    except TypeError as error:
        print(error)
print(inspect.getdoc(everything).splitlines(), inspect.getdoc(Child.method), inspect.getdoc(Child), inspect.getdoc(Base.prop))


def generator():
    yield


async def coroutine(): ...


async def async_generator():
    yield


checks = ("isfunction", "ismethod", "isgeneratorfunction", "iscoroutinefunction", "isasyncgenfunction", "isclass", "isbuiltin", "isroutine")
for thing in (everything, Base(1).method, generator, coroutine, async_generator, Base, len, (lambda: 0)):
    print(getattr(thing, "__name__", thing), [name for name in checks if getattr(inspect, name)(thing)])
print([name for name, _ in inspect.getmembers(Child, inspect.isfunction)])
print([(a.name, a.kind, a.defining_class.__name__) for a in inspect.classify_class_attrs(Child) if a.name[0] != "_"])
print(inspect.getsource(generator), end="")
print(inspect.getsource(Child.method), end="")
print(inspect.getsourcelines(Child)[1] == 40 or inspect.getsourcelines(Child)[0][0].strip())
print(inspect.getcomments(commented := eval("generator")), inspect.getmodule(generator).__name__, inspect.getmro(Child)[1].__name__)


# A comment above.
def with_comment():
    x = 1
    return lambda: x


print(inspect.getcomments(with_comment).strip(), inspect.getclosurevars(with_comment()).nonlocals)
print(inspect.getclosurevars(everything).globals, inspect.unwrap(functools.wraps(generator)(lambda: 0)) is generator)
code = everything.__code__
print(inspect.CO_VARARGS & code.co_flags != 0, inspect.isgenerator(generator()), inspect.getattr_static(Base(1), "prop") is Base.__dict__["prop"])
print(everything.__defaults__, everything.__kwdefaults__, everything.__annotations__, everything.__module__)
everything.custom = "attribute"
print(vars(everything), everything.__dict__ is vars(everything), callable(everything), everything.__globals__ is globals())
for attribute, value in (("__code__", 5), ("__defaults__", 5), ("__kwdefaults__", 5), ("__name__", 5), ("__closure__", ()), ("__globals__", {})):
    try:
        setattr(everything, attribute, value)
    except (TypeError, AttributeError) as error:
        print(attribute, type(error).__name__, error)
