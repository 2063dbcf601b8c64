"""Metaclasses: `__prepare__`, `__new__`, `__init__`, `__call__`, keywords, and conflicts."""


class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **keywords):
        print("prepare", mcs.__name__, name, [b.__name__ for b in bases], keywords)
        return {"prepared": True}

    def __new__(mcs, name, bases, namespace, **keywords):
        print("new", name, sorted(k for k in namespace if not k.startswith("__")), keywords)
        return super().__new__(mcs, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **keywords):
        print("init", name, keywords)
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        print("call", cls.__name__, args, kwargs)
        return super().__call__(*args, **kwargs)

    def __repr__(cls):
        return f"<the class {cls.__name__}>"

    def __contains__(cls, item):
        return item == cls.__name__

    def __getitem__(cls, item):
        return (cls, item)

    def __iter__(cls):
        yield from cls.__name__

    def __len__(cls):
        return 7

    def __getattr__(cls, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return f"meta {name}"

    @property
    def loud(cls):
        return cls.__name__.upper()


class Plain(metaclass=Meta, color="red", **{"size": 3}):
    attribute = prepared

    def __init__(self, a, b=2):
        self.sum = a + b


print(Plain(1).sum, Plain(1, b=5).sum)
print(Plain, "Plain" in Plain, Plain[3], list(Plain), len(Plain), Plain.anything, Plain.loud)
print(hasattr(Plain(1), "loud"), bool(Plain))


class Child(Plain, note="inherited"):
    pass


print(type(Child).__name__, Child.attribute)


class Recording(dict):
    def __init__(self):
        super().__init__()
        self.log = []

    def __setitem__(self, key, value):
        self.log.append(("set", key))
        super().__setitem__(key, value)

    def __getitem__(self, key):
        if not key.startswith("__"):
            self.log.append(("get", key))
        return super().__getitem__(key)

    def __delitem__(self, key):
        self.log.append(("del", key))
        super().__delitem__(key)


class RecordingMeta(type):
    @classmethod
    def __prepare__(mcs, name, bases):
        return Recording()

    def __new__(mcs, name, bases, namespace):
        cls = super().__new__(mcs, name, bases, dict(namespace))
        cls.log = [entry for entry in namespace.log if entry[1] not in NEW_NAMES]
        return cls


NEW_NAMES = {"__firstlineno__", "__static_attributes__"}


class Recorded(metaclass=RecordingMeta):
    a = 1
    b = a + 1
    a = 3
    print(len("abc"))
    del b

    def f(self):
        pass

    c: int = 5
    [d, (e, *g)] = [1, "xyz"]
    a += 10
    for h in range(2):
        pass
    import os as i
    from sys import path as j


for entry in Recorded.log:
    print(*entry)


class Upper(dict):
    """A namespace that invents values for missing names."""

    def __missing__(self, key):
        if key.startswith("__"):
            raise KeyError(key)
        return f"invented {key}"


class Inventive(type):
    @classmethod
    def __prepare__(mcs, name, bases):
        return Upper()


class Invented(metaclass=Inventive):
    first = something
    second = [something_else for _ in range(1)] if False else "no"


print(Invented.first, Invented.second)


def function_as_metaclass(name, bases, namespace, **keywords):
    return name, bases, sorted(k for k in namespace if not k.startswith("__")), keywords


class NotAClass(int, metaclass=function_as_metaclass, extra=1):
    y = 2


print(NotAClass)


class MetaA(type):
    pass


class MetaB(type):
    pass


class MetaC(MetaA, MetaB):
    pass


class A(metaclass=MetaA):
    pass


class B(metaclass=MetaB):
    pass


try:

    class AB(A, B):
        pass

except TypeError as error:
    print(error)


class ABC(A, B, metaclass=MetaC):
    pass


print(type(ABC).__name__)


class Winner(A, metaclass=type):
    pass


print(type(Winner).__name__)

try:

    class BadPrepare(metaclass=type("M", (type,), {"__prepare__": lambda *a: None})):
        pass

except TypeError as error:
    print(error)

try:

    class Unwanted(keyword=1):
        pass

except TypeError as error:
    print(error)


class Singleton(type):
    instances = {}

    def __call__(cls, *args):
        if cls not in cls.instances:
            cls.instances[cls] = super().__call__(*args)
        return cls.instances[cls]


class Config(metaclass=Singleton):
    def __init__(self, value):
        self.value = value


print(Config(1) is Config(2), Config(3).value)
three = type("Three", (Config,), {"x": 3, "__doc__": "made by type()"})
print(three.__mro__[1].__name__, type(three).__name__, three.x, three.__doc__, three.__module__)


class InstanceCheck(type):
    def __instancecheck__(cls, instance):
        return instance == "yes"

    def __subclasscheck__(cls, subclass):
        return subclass is int


class Odd(metaclass=InstanceCheck):
    pass


print(isinstance("yes", Odd), isinstance("no", Odd), issubclass(int, Odd), issubclass(str, Odd))
print(isinstance("yes", (int, Odd)), isinstance(Odd(), Odd))
