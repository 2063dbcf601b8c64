"""Class statements: the body's scope, names, bases, kinds of method, and attribute search."""

x = "global x"


class Body:
    """Docstring of Body."""

    print("running the body of", __qualname__, __module__)
    before = x
    x = "class x"
    after = x
    numbers = [n * 2 for n in range(3)]
    for index in range(2):
        pass
    if index:
        conditional = True

    def method(self):
        return x

    def default(self, value=x):
        return value

    del x
    restored = x


print(Body.before, Body.after, Body.restored, Body.numbers, Body.index, Body.conditional)
print(Body().method(), Body().default(), Body.__doc__, Body.__name__, Body.__qualname__)
print(sorted(k for k in Body.__dict__ if not k.startswith("__")))


def body_in_function():
    x = "local x"

    class Inner:
        seen = x
        x = "inner x"
        both = [x for _ in range(1)]

        def read(self):
            return x

    return Inner.seen, Inner.x, Inner.both, Inner().read(), Inner.__qualname__


try:
    print(body_in_function())
except NameError as error:
    print("NameError", error)


def free_in_body():
    y = "local y"

    class Inner:
        seen = y
        comprehension = [y for _ in range(2)]

    return Inner.seen, Inner.comprehension


print(free_in_body())


class Methods:
    calls = 0

    def __init__(self, value=0):
        self.value = value
        type(self).calls += 1

    def plain(self):
        return ("plain", self.value)

    @classmethod
    def make(cls, value):
        return cls(value)

    @staticmethod
    def add(a, b):
        return a + b

    @property
    def double(self):
        return self.value * 2

    @double.setter
    def double(self, new):
        self.value = new // 2

    @double.deleter
    def double(self):
        self.value = None


class Derived(Methods):
    def plain(self):
        return ("derived",) + Methods.plain(self)


m = Derived.make(4)
print(type(m).__name__, m.plain(), m.double, Derived.add(1, 2), Methods.calls, Derived.calls)
m.double = 11
print(m.value)
del m.double
print(m.value, m.plain.__self__ is m, m.plain.__func__ is Derived.plain)
bound = m.plain
m.plain = lambda: "instance attribute"
print(m.plain(), bound(), Derived.plain(m))
try:
    m.nothing
except AttributeError as error:
    print(error, error.name, error.obj is m)
try:
    Derived.nothing
except AttributeError as error:
    print(error)


class Nested:
    class Inside:
        class Deeper:
            def f(self):
                def g():
                    pass

                return g


print(Nested.Inside.Deeper.__qualname__, Nested.Inside.Deeper().f().__qualname__)


def bases():
    print("bases evaluated")
    return (dict,)


class Starred(*bases(), metaclass=type):
    pass


print(Starred.__mro__[1].__name__, Starred(a=1))


class Entry:
    def __mro_entries__(self, bases):
        print("mro entries for", len(bases), "bases")
        return (list,)


class FromEntry(Entry()):
    pass


print(FromEntry.__bases__, hasattr(FromEntry, "__orig_bases__"), FromEntry([1]))

for source in ("class A(object, object): pass", "class B(int, str): pass", "class C(True): pass"):
    try:
        exec(source)
    except TypeError as error:
        print(error)


class Callable:
    def __call__(self, *args, **kwargs):
        return args, kwargs


print(Callable()(1, *[2], a=3))
Callable.__call__ = lambda self: "replaced"
print(Callable()())


class Bool:
    def __init__(self, length):
        self.length = length

    def __len__(self):
        return self.length


print(bool(Bool(0)), bool(Bool(2)), not Bool(0))
Derived.__name__ = "Renamed"
print(Derived.__name__, Derived.__qualname__, type(m).__name__)
try:
    m.__class__ = int
except TypeError as error:
    print("TypeError")
m.__class__ = Methods
print(m.plain(), Methods.plain(m))
