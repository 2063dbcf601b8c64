"""All forms of `super()`, and where its two arguments come from."""


class A:
    tag = "A.tag"

    def f(self):
        return "A.f"

    @classmethod
    def c(cls):
        return ("A.c", cls.__name__)

    @staticmethod
    def s():
        return "A.s"

    @property
    def p(self):
        return "A.p"

    def __getitem__(self, key):
        return ("A", key)


class B(A):
    tag = "B.tag"

    def f(self):
        return ("B.f", super().f())

    @classmethod
    def c(cls):
        return ("B.c", super().c())

    @staticmethod
    def s():
        return ("B.s", super(B, B).s())

    @property
    def p(self):
        return ("B.p", super().p)

    def tags(self):
        return self.tag, super().tag

    def __getitem__(self, key):
        return ("B", super().__getitem__(key))

    def explicit(self):
        return super(B, self).f()

    def unbound(self):
        return super(B).__get__(self).f()

    def nested(self):
        def inner():
            return super(B, self).f()

        return inner()

    def in_lambda(self):
        return (lambda s: super(__class__, s).f())(self)

    def in_comprehension(self):
        return [super(B, self).f() for _ in range(2)]

    def implicit_in_nested(self):
        def inner(me):
            return super().f()

        return inner(self)

    def in_generator(self):
        yield super().f()
        yield (super().f() for _ in range(1))

    def first_argument_rebound(self):
        saved, self = self, "not an instance"
        try:
            return super().f()
        except TypeError:
            return "TypeError: not an instance"

    def first_argument_deleted(self):
        del self
        try:
            super()
        except RuntimeError as error:
            return str(error)

    def missing(self):
        try:
            super().nothing
        except AttributeError as error:
            return str(error)

    def index(self):
        try:
            return super()[1]
        except TypeError as error:
            return str(error)

    def set_attribute(self):
        try:
            super().tag = 1
        except AttributeError as error:
            return str(error)

    def representation(self):
        return repr(super(B, B)), super().__thisclass__.__name__, super().__self_class__.__name__


class C(B):
    def f(self):
        return ("C.f", super().f())


b = B()
print(b.f(), C().f())
print(b.c(), C.c(), b.s(), b.p)
print(b.tags(), C().tags(), b["k"])
print(b.explicit(), b.unbound(), b.nested(), b.in_lambda(), b.in_comprehension())
print(b.implicit_in_nested())
print(next(b.in_generator()))
print(b.first_argument_rebound(), "|", b.first_argument_deleted())
print(b.missing(), "|", b.index(), "|", b.set_attribute())
print(b.representation()[1:], C().representation()[1:])


class StarArgs(A):
    def f(*args):
        return ("star", super().f(), len(args))

    def g(*args):
        try:
            super()
        except RuntimeError as error:
            return str(error)

    def cell_argument(self):
        def use():
            return self

        return super().f(), use() is self


try:
    print(StarArgs().f())
except RuntimeError as error:
    print(error)
print(StarArgs().g(), StarArgs().cell_argument())


def outside(self):
    return super().f()


try:
    outside(A())
except RuntimeError as error:
    print(error)
A.grafted = outside
try:
    A().grafted()
except RuntimeError as error:
    print(error)


class New:
    def __new__(cls, *args):
        instance = super().__new__(cls)
        instance.args = args
        return instance


print(New(1, 2).args)


class D(A):
    super_class = super

    def f(self):
        super = lambda: "local super wins"
        return super()

    def g(self):
        s = super
        return s(D, self).f()


print(D().f(), D().g())


class Cell:
    def which(self):
        return __class__

    def where(self):
        return __class__.__name__, "__class__" in self.which.__code__.co_freevars


print(Cell().which() is Cell, Cell().where())


class E(A):
    def f(self, *, method="f"):
        return getattr(super(), method)

    def chained(self):
        return super().__getitem__("x"), super().__init__(), super().__str__ is not None


print(E().f()(), E().chained())
