"""abc: abstract methods, properties, registration, subclass hooks, and mixing with other classes."""

import abc
import collections.abc
import functools


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...

    @property
    @abc.abstractmethod
    def name(self): ...

    @classmethod
    @abc.abstractmethod
    def unit(cls): ...

    @staticmethod
    @abc.abstractmethod
    def help(): ...

    def describe(self):
        return f"{self.name} of {self.area():.2f}"


class Partial(Shape):
    def area(self):
        return 1.0

    @classmethod
    def unit(cls):
        return cls()


class Square(Partial):
    name = "square"

    def __init__(self, side=2):
        self.side = side

    def area(self):
        return super().area() * self.side**2

    @staticmethod
    def help():
        return "help"


for cls in (Shape, Partial, Square):
    try:
        print(cls().describe(), sorted(cls.__abstractmethods__))
    except TypeError as error:
        print(str(error).split(" with")[0], sorted(cls.__abstractmethods__))
print(Square.unit().describe(), Square.help(), isinstance(Square(), Shape), type(Shape).__name__)


class Plugin(abc.ABC):
    @classmethod
    def __subclasshook__(cls, other):
        if cls is Plugin:
            return any("run" in vars(base) for base in other.__mro__)
        return NotImplemented


class Runs:
    def run(self): ...


class Special(Plugin):
    pass


print(issubclass(Runs, Plugin), isinstance(Runs(), Plugin), issubclass(int, Plugin), isinstance(Runs(), Special))


@Shape.register
class Circle:
    pass


print(issubclass(Circle, Shape), isinstance(Circle(), Shape), Circle.__mro__[1] is object)


class Seq(collections.abc.Sequence):
    def __init__(self, *items):
        self.items = items

    def __getitem__(self, i):
        return self.items[i]

    def __len__(self):
        return len(self.items)


s = Seq(3, 1, 2, 1)
print(list(reversed(s)), s.index(1), s.count(1), 2 in s, sorted(s), [*s])


class Mapping(collections.abc.MutableMapping):
    def __init__(self):
        self.log, self.data = [], {}

    def __getitem__(self, k):
        self.log.append(f"get {k}")
        return self.data[k]

    def __setitem__(self, k, v):
        self.log.append(f"set {k}")
        self.data[k] = v

    def __delitem__(self, k):
        self.log.append(f"del {k}")
        del self.data[k]

    def __iter__(self):
        return iter(self.data)

    def __len__(self):
        return len(self.data)


m = Mapping()
m.update(a=1, b=2)
m.setdefault("c", 3)
print(m.pop("a"), m.popitem(), dict(m), m.get("zz", "default"), "b" in m, list(m.items()), m == {"c": 3}, m.log)
print(isinstance(m, collections.abc.Mapping), isinstance([], collections.abc.Iterable), isinstance(5, collections.abc.Hashable))
print([name for name in ("Callable", "Sized", "Iterator", "Generator", "Awaitable") if isinstance((x for x in ()), getattr(collections.abc, name))])


class Meta(abc.ABCMeta):
    def __call__(cls, *args):
        print("creating", cls.__name__)
        return super().__call__(*args)


class WithMeta(metaclass=Meta):
    @abc.abstractmethod
    def f(self): ...


try:
    WithMeta()
except TypeError as error:
    print(str(error).split(" without")[0])


def implement(cls):
    cls.f = lambda self: "added later"
    return abc.update_abstractmethods(cls)


print(implement(WithMeta)().f())


class Interface(abc.ABC):
    @functools.singledispatchmethod
    def handle(self, value):
        return f"anything {value!r}"

    @handle.register
    def _(self, value: int):
        return f"int {value}"

    @handle.register(list)
    def _(self, value):
        return [self.handle(v) for v in value]


print(Interface().handle([1, "a", [2]]))
