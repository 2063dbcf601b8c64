"""`type` statements: laziness, recursion, parameters, scopes, and `type` as an ordinary name."""

type Number = int | float
type Pair[A, B] = tuple[A, B]
type Lazy = undefined_name
type Tree[T] = T | list[Tree[T]]
type Variadic[*Ts, **P] = tuple[*Ts]
type Bounded[T: (int, str)] = T

print(Number, Number.__value__, type(Number).__name__, Number.__name__, Number.__module__)
print(Pair, Pair.__type_params__, Pair.__value__, Pair[int, str], Pair[int, str].__origin__)
print(Tree.__value__, Variadic.__parameters__, Bounded.__type_params__[0].__constraints__)
try:
    Lazy.__value__
except NameError as error:
    print(error)
undefined_name = "defined later"
print(Lazy.__value__, isinstance(5, Number.__value__))

log = []


def note(value):
    log.append(value)
    return value


type Noted = note(5)
print(log, Noted.__value__, log, Noted.__value__, log)


class Scope:
    x = "class variable"
    type Alias = x
    type Param[T] = (T, x, Alias)

    def method(self):
        type Local = (self, x)
        return Local


x = "global"
print(Scope.Alias.__value__, Scope.Param.__value__)
print(Scope().method().__value__[1])


def function(value):
    local = "local"
    type Alias[T] = (value, local, T)
    type Later = local
    local = "changed"
    return Alias, Later


alias, later = function("v")
print(alias.__value__, later.__value__, alias.__module__)


def closure():
    type Inner = outer_value
    try:
        return Inner.__value__
    except NameError as error:
        return str(error)
    outer_value = 1


print(closure())
type = type
print(type(5).__name__, type)
type.attribute if hasattr(type, "attribute") else print("no attribute")
type = "now a string"
type += "!"
print(type, [type][0], {"type": type})
type[0] if type else None
type (type) if callable(type) else print("a call when callable")
type X = int; type Y = str; print(X, Y)
if True: type InIf = X
print(InIf.__value__ is X, X | Y, list[X])
try:
    X.__value__ = 5
except AttributeError as error:
    print(error)
try:
    Number[int]
except TypeError as error:
    print(error)
for source in ("type A[T] = (yield)", "type A = (x := 1)", "type A = await x", "type A.b = int", "type 5 = 1", "type A", "type A[T, T] = 1"):
    try:
        exec(source, {})
        print(repr(source), "works")
    except SyntaxError as error:
        print(repr(source), error.msg)
match 5:
    case type:
        print("captured", type)


def uses_in_annotations(a: Number, b: Pair[int, str]) -> Tree[int]:
    pass


print(uses_in_annotations.__annotations__)
type Lambda = lambda v: (v, x)
print(Lambda.__value__(1))
type Comprehension = [i for i in range(3) if i != len(x)]
print(Comprehension.__value__)
