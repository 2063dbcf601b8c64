"""locals(), vars(), eval() and exec() in class bodies and methods; lookups from a class body."""

outer = "module"
shadowed = "module"


class Body:
    first = 1
    names = sorted(n for n in locals() if not n.startswith("__"))
    locals()["injected"] = "through locals()"
    seen = injected
    evaluated = eval("first + 1")
    exec("executed = first + 2")
    from_exec = executed
    shadowed = shadowed + " then class"
    vars()["via_vars"] = "vars"
    directory = [n for n in dir() if not n.startswith("__")]
    globals()["from_class_body"] = "global"

    def method(self):
        return sorted(locals()), outer, shadowed

    keep = lambda: outer
    is_globals = locals() is globals()


print(Body.names, Body.seen, Body.evaluated, Body.from_exec, Body.shadowed, Body.via_vars)
print(Body.directory, from_class_body, Body().method(), Body.keep(), Body.is_globals)


def function():
    outer = "function"

    class Inner:
        seen = outer
        outer = "class"
        after = outer

    return Inner


try:
    print(function().seen)
except NameError as error:
    print(error)


def free_variables():
    value = "enclosing"

    class Inner:
        a = value
        try:
            value_in_eval = eval("value")
        except NameError as error:
            value_in_eval = str(error)

        def method(self):
            return value

        class Deeper:
            b = value

    return Inner.a, Inner.value_in_eval, Inner().method(), Inner.Deeper.b


print(free_variables())


def class_scope_is_skipped():
    value = "function"

    class Inner:
        value = "class"

        def method(self):
            return value

        nested = [value for _ in range(1)]
        direct = value
        called = (lambda: value)()

    return Inner().method(), Inner.nested, Inner.direct, Inner.called


print(class_scope_is_skipped())


def conditional_class_variable(flag):
    x = "function"

    class Inner:
        if flag:
            x = "class"
        seen = x

    return Inner.seen


try:
    print(conditional_class_variable(True))
    print(conditional_class_variable(False))
except NameError as error:
    print(error)

x_global = "global"


class GlobalFallback:
    seen = x_global
    x_global = "class"
    also_seen = x_global
    del x_global
    again = x_global


print(GlobalFallback.seen, GlobalFallback.also_seen, GlobalFallback.again)


class Dynamic:
    for _name in ("alpha", "beta"):
        locals()[_name] = (lambda n: lambda self: n)(_name)
    del _name


print(Dynamic().alpha(), Dynamic().beta(), hasattr(Dynamic, "_name"))


class Loops:
    total = 0
    for i in range(4):
        total += i
    else:
        finished = True
    while total > 3:
        total -= 1
    try:
        1 / 0
    except ZeroDivisionError as error:
        caught = str(error)
    with open(__file__, encoding="utf-8") as handle:
        opened = True
    handle.close()
    import math as _math

    root = _math.sqrt(16)
    from os import path
    (a, *b), c = "xyz", 5
    if total == 3:

        def conditional(self):
            return "conditional method"


print(Loops.total, Loops.i, Loops.finished, Loops.caught, hasattr(Loops, "error"), Loops.root)
print(Loops.a, Loops.b, Loops.c, Loops().conditional(), Loops.path.__name__ in ("posixpath", "ntpath"))


class WithGlobalStatement:
    global made_global
    made_global = 1

    def reads(self):
        return made_global


print(WithGlobalStatement().reads(), "made_global" in vars(WithGlobalStatement))
made = type("Made", (), {"x": 1, "f": lambda self: self.x})
print(made().f(), vars(made)["x"], made.__module__)
exec("class InExec:\n    a = 1\n    b = a\n", ns := {"__name__": "exec_module"})
print(ns["InExec"].b, ns["InExec"].__module__, ns["InExec"].__qualname__)


class Names:
    module_name = __module__
    qualified = __qualname__
    __qualname__ = "Renamed.Elsewhere"
    own_name = __name__

    class Inner:
        qualified = __qualname__


print(Names.module_name, Names.qualified, Names.__qualname__, Names.own_name, Names.Inner.qualified)
try:

    class BadQualname:
        __qualname__ = 5

except TypeError as error:
    print(error)


class DunderLocals:
    @staticmethod
    def inspect_class(cls):
        return sorted(vars(cls))


print([n for n in DunderLocals.inspect_class(Names) if not n.startswith("__")])
