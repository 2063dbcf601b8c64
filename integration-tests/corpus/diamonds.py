"""Multiple inheritance: linearization, cooperative calls, mixins, and orders that do not exist."""


class Base:
    def __init__(self, **kwargs):
        print("Base", sorted(kwargs))

    def who(self):
        return ["Base"]


class Left(Base):
    def __init__(self, left=0, **kwargs):
        print("Left", left)
        super().__init__(**kwargs)
        self.left = left

    def who(self):
        return ["Left", *super().who()]


class Right(Base):
    def __init__(self, right=0, **kwargs):
        print("Right", right)
        super().__init__(**kwargs)
        self.right = right

    def who(self):
        return ["Right", *super().who()]


class Bottom(Left, Right):
    def __init__(self, **kwargs):
        print("Bottom")
        super().__init__(**kwargs)

    def who(self):
        return ["Bottom", *super().who()]


def names(classes):
    return " ".join(c.__name__ for c in classes)


print(names(Bottom.__mro__))
print(Bottom(left=1, right=2).who(), Left().who())


class K1:
    pass


class K2:
    pass


class K3:
    pass


class K4:
    pass


class K5:
    pass


class Z1(K1, K2, K3):
    pass


class Z2(K4, K2, K5):
    pass


class Z3(K4, K1):
    pass


class Z(Z1, Z2, Z3):
    pass


print(names(Z.mro()))

try:

    class Impossible(Base, Left):
        pass

except TypeError as error:
    print(str(error).splitlines())


class X(K1, K2):
    pass


class Y(K2, K1):
    pass


try:
    type("XY", (X, Y), {})
except TypeError as error:
    print(str(error).split("\n")[0])


class Mixin:
    def save(self):
        return "mixin -> " + super().save()


class Store:
    def save(self):
        return "stored"


class Service(Mixin, Store):
    pass


print(Service().save())
try:
    Mixin().save()
except AttributeError as error:
    print(error)


class Meta(type):
    def mro(cls):
        order = super().mro()
        return order[:1] + order[1:-1][::-1] + order[-1:]


class P:
    name = "P"


class Q:
    name = "Q"


class PQ(P, Q, metaclass=Meta):
    pass


print(names(PQ.__mro__), PQ.name)


class Old:
    value = "old"


class New:
    value = "new"


class Child(Old):
    pass


c = Child()
print(c.value, names(Child.__mro__))
Child.__bases__ = (New,)
print(c.value, names(Child.__mro__))
New.value = "changed"
print(c.value)
Child.value = "own"
print(c.value)
del Child.value
print(c.value)
print(names(Base.__subclasses__()))


class Virtual:
    def f(self):
        return "base f"

    g = f

    def h(self):
        return self.f()


class Override(Virtual):
    def f(self):
        return "override f"


print(Override().f(), Override().g(), Override().h())


class IntList(list, Base):
    def __init__(self, *args):
        super().__init__(args)

    def who(self):
        return super().who() + [len(self)]


print(IntList(1, 2, 3).who(), IntList.__mro__[1].__name__)
