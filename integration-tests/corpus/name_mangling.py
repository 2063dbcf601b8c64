"""Private names `__x` inside classes: every place where they are mangled, and where not."""

__module_level = "module"


class Secret:
    __value = 1
    __slots_like = ("__value",)
    dunder__ = "not mangled: no leading underscores"
    __dunder__ = "not mangled: ends in underscores"

    def __init__(self, __argument=2, *, __keyword=3):
        self.__attribute = __argument + __keyword
        self.__dict__.setdefault("plain", 0)

    def __private(self):
        return "private method"

    def use(self):
        return self.__value, self.__attribute, self.__private()

    def read_global(self):
        try:
            return __module_level
        except NameError as error:
            return str(error)

    def local_names(self):
        __local = 1
        __other: int = 2
        for __loop in range(3):
            pass
        with open(__file__, encoding="utf-8") as __file:
            pass
        try:
            raise ValueError("v")
        except ValueError as __error:
            pass
        [__walrus := 4]
        import os as __os

        def __function(__p):
            return __p

        class __Class:
            pass

        lambda __lambda: __lambda
        return sorted(locals())

    def keyword_call(self):
        return dict(__key=1)

    def string(self):
        return getattr(self, "__attribute", "strings are not mangled")

    def inner_class(self):
        class Inner:
            def f(self):
                return [name for name in Inner.f.__code__.co_names if "thing" in name]

            def g(self):
                self.__thing

        return Inner.g.__code__.co_names

    def comprehension(self):
        return [__item for __item in (1, 2)], (lambda: __x__)

    def match(self, value):
        match value:
            case {"a": __captured}:
                return sorted(k for k in locals() if "captured" in k)
            case Secret(_Secret__attribute=found):
                return found

    def global_statement(self):
        global __made
        __made = "made"


s = Secret()
print(s.use(), Secret._Secret__value, s._Secret__attribute, s._Secret__private())
print(s.read_global())
print(s.local_names())
print(s.keyword_call(), s.string(), s.inner_class(), s.comprehension()[0])
print(s.match({"a": 1}), s.match(s))
s.global_statement()
print("_Secret__made" in globals(), "__made" in globals())
print(Secret.__init__.__code__.co_varnames, Secret(_Secret__keyword=10)._Secret__attribute)
print(sorted(n for n in vars(Secret) if "Secret__" in n))
_Secret__module_level = "found through the mangled name"
print(s.read_global())


class _Underscored__:
    def f(self):
        self.__x = 1
        return list(vars(self))


class ___:
    def f(self):
        self.__x = 1
        return list(vars(self))


print(_Underscored__().f(), ___().f())


class A:
    __x = "A's"

    def get_a(self):
        return self.__x


class B(A):
    __x = "B's"

    def get_b(self):
        return self.__x


print(B().get_a(), B().get_b())


class Annotated:
    __hidden: int = 3
    __only: str

    def method(self, __p: "int") -> None:
        pass


print(sorted(Annotated.__annotations__), Annotated._Annotated__hidden)
print(Annotated.method.__annotations__)


class Import:
    def f(self):
        try:
            import __no_such_module
        except ImportError as error:
            return error.name

    def g(self):
        from os import path as __path

        return [n for n in locals() if "path" in n]

    def h(self):
        try:
            from os import __nothing
        except ImportError as error:
            return str(error).split(" from")[0]


print(Import().f(), Import().g(), Import().h())
