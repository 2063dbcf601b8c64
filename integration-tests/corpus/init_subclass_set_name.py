"""`__init_subclass__`, `__set_name__`, `__class_getitem__`: hooks of class creation, in order."""


class Named:
    def __init__(self, label):
        self.label = label
        print("made", label)

    def __set_name__(self, owner, name):
        print("set name", name, "of", owner.__name__, "label", self.label)
        self.name = name


class Base:
    registry = {}
    own = Named("own")

    def __init_subclass__(cls, /, kind="default", **rest):
        print("init subclass", cls.__name__, kind, rest)
        super().__init_subclass__(**rest)
        cls.registry[kind] = cls


class One(Base, kind="one"):
    first = Named("first")
    second = Named("second")


class Two(One):
    alias = One.first


print({kind: cls.__name__ for kind, cls in Base.registry.items()})
print(Base.own.name, One.first.name, Two.alias.name)

try:

    class Three(Base, kind="three", unknown=1):
        pass

except TypeError as error:
    print(error)


class Raising:
    def __set_name__(self, owner, name):
        raise ValueError(f"refuses to be called {name}")


try:

    class Refused:
        attribute = Raising()

except (ValueError, RuntimeError) as error:
    print(type(error).__name__, error)
    print(getattr(error, "__notes__", None))
    print(repr(error.__cause__))


class Mixin:
    def __init_subclass__(cls, **kwargs):
        print("mixin sees", cls.__name__)
        super().__init_subclass__(**kwargs)


class Both(Mixin, Base, kind="both"):
    pass


class Generic:
    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item}]"


class Special(Generic):
    pass


print(Generic[int], Special["x", 2])
try:
    Generic()[1]
except TypeError as error:
    print(error)
try:
    Base[int]
except TypeError as error:
    print(error)


class Meta(type):
    def __new__(mcs, name, bases, namespace, **kwargs):
        print("meta new begins", name)
        cls = super().__new__(mcs, name, bases, namespace, **kwargs)
        print("meta new ends", name)
        return cls

    def __init__(cls, *args, **kwargs):
        print("meta init", cls.__name__, kwargs)
        super().__init__(*args)


class Ordered(metaclass=Meta):
    item = Named("in order")

    def __init_subclass__(cls, **kwargs):
        print("subclass hook", kwargs)


class OrderedChild(Ordered, option=True):
    item = Named("child")


One.late = Named("late: no hook")
print(hasattr(One.late, "name"))


def decorator(cls):
    print("decorating", cls.__name__, "after the hooks")
    return cls


@decorator
class Decorated(Base, kind="decorated"):
    inner = Named("inner")
