"""compile(), code objects, ast, and running made-up code: names, flags, constants, lines."""

import ast
import dis
import inspect
import textwrap
import types

source = textwrap.dedent(
    """
    x = 5
    def f(a, *, b=2):
        '''doc of f'''
        c = a + b
        return lambda: c
    class C:
        attribute = x
    """
)
code = compile(source, "<made>", "exec")
print(type(code).__name__, code.co_name, code.co_filename, code.co_names, code.co_argcount)
inner = [c for c in code.co_consts if isinstance(c, types.CodeType)]
print([(c.co_name, c.co_varnames, c.co_cellvars, c.co_freevars) for c in inner])
namespace = {}
exec(code, namespace)
print(namespace["f"](1)(), namespace["f"].__doc__, namespace["C"].attribute)
tree = ast.parse(source)
print([type(node).__name__ for node in tree.body], ast.unparse(tree.body[0]))


class Doubler(ast.NodeTransformer):
    def visit_Constant(self, node):
        if isinstance(node.value, int):
            return ast.copy_location(ast.Constant(node.value * 2), node)
        return node


changed = ast.fix_missing_locations(Doubler().visit(tree))
exec(compile(changed, "<changed>", "exec"), namespace)
print(namespace["x"], namespace["f"](1)(), ast.literal_eval("{'a': [1, (2, None)]}"))
expression = ast.fix_missing_locations(ast.Expression(ast.Constant(42)))
print(eval(compile(expression, "<ast>", "eval")))

for mode, text in (("eval", "1 +"), ("exec", "def f(:"), ("exec", "if x:\npass"), ("exec", "'abc"),
                   ("exec", "x = (1,\n"), ("eval", "a b"), ("exec", "break"), ("exec", "return"),
                   ("exec", "nonlocal x"), ("exec", "def f():\n  x = 1\n  global x"), ("exec", "1 = x"),
                   ("exec", "f() = 1"), ("exec", "*a"), ("exec", "a, *b, *c = d"), ("exec", "del f()"),
                   ("exec", "import a.b as c.d"), ("exec", "from x import *, y"), ("exec", "lambda: (yield) = 1"),
                   ("exec", "def f(a, a): pass"), ("exec", "f(a=1, a=2)"), ("exec", "f(**k, *a)"),
                   ("exec", "f(a=1, 2)"), ("exec", "class C(x for x in y): pass"), ("exec", "await x"),
                   ("exec", "async with x: pass"), ("exec", "yield"), ("exec", "\tx\n        y"),
                   ("exec", "try: pass\nx"), ("exec", "match x:\n  case a: pass\n  case b: pass"),
                   ("exec", "None = 1"), ("exec", "x: int: str"), ("exec", "\"\\N{NO SUCH}\""),
                   ("exec", "from __future__ import nothing"), ("exec", "x = 1; from __future__ import annotations"),
                   ("exec", "0777"), ("exec", "1__0"), ("exec", "$"), ("exec", "a ? b"), ("exec", "é€")):  # fmt: skip
    try:
        compile(text, "<bad>", mode)
        print("compiled", repr(text))
    except SyntaxError as error:
        print(type(error).__name__, repr(text), "|", error.msg, error.lineno, error.offset)


def has_everything(a, /, b, *args, c=1, **kwargs):
    local = a
    cell = b

    def inner():
        return cell, GLOBAL

    return inner


code = has_everything.__code__
print(code.co_varnames, code.co_cellvars, code.co_nlocals, code.co_argcount, code.co_kwonlyargcount)
print(code.co_flags & inspect.CO_VARARGS > 0, code.co_flags & inspect.CO_VARKEYWORDS > 0)
GLOBAL = "global"
copied = types.FunctionType(code, {"GLOBAL": "replaced"}, "copied", (7,))
copied.__kwdefaults__ = {"c": 3}
print(copied(1)(), copied(1, 2)(), copied.__name__, copied.__defaults__)
renamed = code.replace(co_name="renamed")
print(types.FunctionType(renamed, globals())(1, 2, c=3)(), renamed.co_name)
cell = types.CellType(99)
with_cell = types.FunctionType(has_everything(1, 2, c=3).__code__, globals(), closure=(cell,))
print(with_cell(), cell.cell_contents)


def swap_me():
    return "old"


def replacement():
    return "new"


swap_me.__code__ = replacement.__code__
print(swap_me())
print(inspect.getsource(replacement).strip().splitlines()[1].strip(), inspect.getdoc(namespace["f"]))
print([name for name in ("co_code", "co_linetable", "co_exceptiontable") if hasattr(code, name)])
print(len(list(dis.get_instructions(replacement))) > 1, sorted({line for _, _, line in code.co_lines() if line})[0] == code.co_firstlineno)
flags = compile("x: undefined_name = 1", "<future>", "exec", flags=__import__("__future__").annotations.compiler_flag)
exec(flags, target := {})
print(target["__annotations__"], compile("assert False", "<o>", "exec", optimize=1) is not None)
exec(compile("assert False, 'removed by optimize'", "<o>", "exec", optimize=1))
optimized = compile("def f():\n    'doc'\n    return __debug__", "<o>", "exec", optimize=2)
exec(optimized, target)
print(target["f"].__doc__, target["f"]())
print(eval("__debug__"), eval("__name__"), eval("(yield_ := 3) + yield_"))
bytes_source = b"# -*- coding: latin-1 -*-\nvalue = '\xe9'\n"
exec(bytes_source, target)
print(target["value"], eval(b"1 + 1"), eval("  1 + 1"))
