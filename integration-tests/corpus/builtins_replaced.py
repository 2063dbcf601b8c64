"""Replaced and shadowed builtins: `print`, `__build_class__`, `__import__`, module-level names."""

import builtins

original_print = print
shown = []


def logging_print(*args, **kwargs):
    shown.append(args)
    original_print("[", *args, "]", **kwargs)


builtins.print = logging_print
print("through the replacement")
builtins.print = original_print
print(shown)
original_build = builtins.__build_class__


def build_class(function, name, *bases, **keywords):
    cls = original_build(function, name, *bases, **keywords)
    original_print("built", name, [b.__name__ for b in bases], sorted(keywords))
    return cls


builtins.__build_class__ = build_class


class Base:
    pass


class Child(Base, metaclass=type):
    def f(self):
        return __class__.__name__, super().__hash__ is not None


builtins.__build_class__ = original_build
print(Child().f())


def shadow_locally():
    len = lambda x: "local len"
    list = "a string"
    return len([]), list


def parameter_shadows(str, type=None):
    return str, type


print(shadow_locally(), parameter_shadows("p"), len([1]))
range = lambda n: [n] * 2
print(range(3), [x for x in range(1)])
del range
print(range(3))
builtins.answer = 42
print(answer)


def reads():
    return answer


print(reads())
del builtins.answer
try:
    reads()
except NameError as error:
    print(error)
True_ = True
print(True_ is True, None is None, Ellipsis is ..., NotImplemented is NotImplemented)


class Scope:
    max = min
    used = max(1, 2)

    def method(self):
        return max(1, 2)


print(Scope.used, Scope().method())
_original_import = builtins.__import__


def logging_import(name, globals=None, locals=None, fromlist=(), level=0):
    if globals is not None and globals.get("__name__") == "__main__":
        original_print("import", name, fromlist, level)
    return _original_import(name, globals, locals, fromlist, level)


builtins.__import__ = logging_import
import json
from os import path

builtins.__import__ = _original_import
original_input = builtins.input
builtins.input = lambda prompt="": f"answer to {prompt}"
print(input("question"))
builtins.input = original_input
assertion = AssertionError
globals()["AssertionError"] = "replaced"
try:
    assert False, "message"
except assertion as error:
    print("still raised", error)
del globals()["AssertionError"]
__builtins__.set = lambda x: "replaced set"
print(set([1]), {1}, {x for x in [1]})
del builtins.set
try:
    set
except NameError as error:
    print(error)
builtins.set = type({1})
print(set([1, 1]))
try:
    __debug__ and print("debug")
except NameError:
    pass
exec("print(len('abc'))", {"__builtins__": {"print": lambda x: original_print("custom", x), "len": lambda x: 99}})
function_globals = {"__builtins__": {"helper": lambda: "custom builtin"}}
exec("def f():\n    return helper()\n", function_globals)
print(function_globals["f"]())
