"""The `__class__` cell: when it exists, when it is filled, and what fills it."""


class WithCell:
    def f(self):
        return __class__

    def g(self):
        return super

    def h(self):
        return 1


print(WithCell().f() is WithCell)
print([m.__code__.co_freevars for m in (WithCell.f, WithCell.g, WithCell.h)])


class Meta(type):
    def __new__(mcs, name, bases, namespace):
        print(name, "has a cell:", "__classcell__" in namespace)
        if "early" in namespace:
            try:
                namespace["early"](None)
            except NameError as error:
                print("not filled yet:", error)
        cls = super().__new__(mcs, name, bases, namespace)
        print("filled:", namespace["early"](None) is cls if "early" in namespace else None)
        return cls


class Uses(metaclass=Meta):
    def early(self):
        return __class__


class DoesNot(metaclass=Meta):
    pass


class Forgetful(type):
    def __new__(mcs, name, bases, namespace):
        namespace.pop("__classcell__", None)
        return super().__new__(mcs, name, bases, namespace)


try:

    class Forgotten(metaclass=Forgetful):
        def f(self):
            return __class__

except RuntimeError as error:
    print("RuntimeError", str(error).split(":")[0].split("<")[0])


class InBody:
    try:
        __class__
    except NameError as error:
        print("in the body:", error)


class Outer:
    def make(self):
        class Inner:
            outer = __class__

            def inner(self):
                return __class__

        return Inner


inner = Outer().make()
print(inner.outer is Outer, inner().inner() is inner)


class Local:
    def f(self):
        __class__ = "assigned locally"
        return __class__


print(Local().f())


class Nonlocal:
    def change(self):
        nonlocal __class__
        __class__ = int

    def read(self):
        return __class__


n = Nonlocal()
n.change()
print(n.read())


class Static:
    @staticmethod
    def f():
        return __class__.__name__

    @classmethod
    def g(cls):
        return __class__.__name__, cls.__name__

    value = property(lambda self: __class__.__name__)
    listed = classmethod(lambda cls: [__class__.__name__ for _ in range(2)])


class StaticChild(Static):
    pass


print(Static.f(), StaticChild.g(), StaticChild().value, StaticChild.listed())


def decorator(cls):
    class Wrapped(cls):
        pass

    return Wrapped


@decorator
class Decorated:
    def f(self):
        return __class__.__name__


print(Decorated().f(), Decorated.__name__)


class Copy:
    def f(self):
        return super().__repr__() is not None and __class__.__name__


Copied = type("Copied", (Copy,), dict(vars(Copy)))
print(Copied().f())
