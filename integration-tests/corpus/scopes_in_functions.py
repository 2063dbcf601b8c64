"""locals(), globals(), vars(), dir(), eval() and exec() inside functions."""

import sys

module_variable = "module"


def local_names(a, b=2, *args, c, **kwargs):
    d = 4
    before = sorted(locals())
    e = 5
    del d
    return before, sorted(locals()), dict(locals())["a"]


print(local_names(1, 2, 3, c=4, k=5))


def cells_and_free():
    x = 1

    def inner():
        y = 2

        def innermost():
            return x, y

        return sorted(locals()), innermost

    names, innermost = inner()
    return names, sorted(locals()), innermost.__code__.co_freevars


print(cells_and_free())


def unreferenced_free():
    x = 1

    def inner():
        return sorted(locals())

    return inner()


print(unreferenced_free())


def changing_the_dict():
    x = 1
    locals()["x"] = 2
    locals()["new"] = 3
    snapshot = locals()
    snapshot["x"] = 4
    return x, "new" in locals() or "new" not in locals()


print(changing_the_dict())


def with_eval(a):
    b = 2
    results = [eval("a + b"), eval("a + b", {"a": 10, "b": 20}), eval("a", globals(), {"a": "given"})]
    results.append(eval("module_variable"))
    results.append(eval("[n for n in range(a)]", {"a": 2}))
    results.append(eval("(lambda: module_variable)()"))
    try:
        eval("(lambda: a)()")
    except NameError as error:
        results.append(str(error))
    return results


print(with_eval(1))


def eval_cell(x):
    def inner():
        return eval("x"), x

    def without():
        try:
            return eval("x")
        except NameError as error:
            return str(error)

    return inner(), without()


print(eval_cell("cell"))


def with_exec():
    x = 1
    exec("x = 2; y = 3")
    try:
        y
    except NameError as error:
        message = str(error)
    namespace = {}
    exec("def f(a):\n    return a * factor", {"factor": 3}, namespace)
    exec("global made_by_exec\nmade_by_exec = 'global statement'")
    return x, message, namespace["f"](5)


print(with_exec(), made_by_exec)


def separate_namespaces():
    inner_globals, inner_locals = {"g": 1}, {"l": 2}
    exec("result = (g, l); g2 = 5\ndef f(): return sorted(globals())[1:]", inner_globals, inner_locals)
    return inner_locals["result"], sorted(inner_locals), inner_locals["f"]()


print(separate_namespaces())


def vars_and_dir():
    one, two = 1, 2
    return sorted(vars()), dir(), vars() == locals()


print(vars_and_dir())


def globals_is_module():
    globals()["injected"] = "by globals()"
    return injected, globals() is sys.modules["__main__"].__dict__, "local" in globals()


print(globals_is_module())


def comprehension_and_lambda():
    a = 1
    return (lambda b: sorted(locals()))(2), [sorted(k for k in locals() if len(k) == 1) for c in "x"] != []


print(comprehension_and_lambda())


def generator(limit):
    x = 0
    while x < limit:
        yield dict(locals())
        x += 1


print(list(generator(2)))


def compiled_code():
    code = compile("a * 2", "<here>", "eval")
    statement = compile("result = a ** 2\n", "<there>", "exec")
    single = compile("a\n", "<single>", "single")
    namespace = {"a": 7}
    exec(statement, namespace)
    exec(single, namespace)
    return eval(code, {"a": 21}), namespace["result"], code.co_filename, code.co_names


print(compiled_code())


def exec_class_and_closure():
    source = """
class Made:
    attribute = outer_value
    def method(self):
        return __class__.__name__, self.attribute
def make_adder(n):
    def add(m):
        return n + m
    return add
"""
    namespace = {"outer_value": "from the namespace", "__name__": "custom"}
    exec(source, namespace)
    return namespace["Made"]().method(), namespace["make_adder"](2)(3), namespace["Made"].__module__


print(exec_class_and_closure())


class Namespace(dict):
    def __missing__(self, key):
        return f"<{key}>"


print(eval("a + b", {"__builtins__": {}}, Namespace(a="A")))
try:
    eval("len([])", {"__builtins__": {}})
except NameError as error:
    print(error)
print(eval("len([])", {"__builtins__": {"len": lambda x: "my len"}}))
for bad in ("1 +", "x = 1", "", "\0", "return 1", "  1", "yield"):
    try:
        print(repr(bad), eval(bad))
    except (SyntaxError, ValueError) as error:
        print(repr(bad), type(error).__name__)
exec("for i in range(2):\n    total = i\n", shared := {})
print(shared["i"], shared["total"], "__builtins__" in shared)
exec("print('exec at module level', module_variable); leaked = 1")
print(leaked)


def dir_of_objects():
    class Small:
        a = 1

        def __init__(self):
            self.b = 2

    small = Small()
    return [n for n in dir(small) if n[0] != "_"], vars(small), [n for n in vars(Small) if n[0] != "_"]


print(dir_of_objects())
