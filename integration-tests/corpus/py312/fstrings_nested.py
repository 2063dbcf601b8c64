"""PEP 701: quotes, backslashes, comments and any nesting inside replacement fields."""

import os
import traceback

name, items, table = "Ada", ["a", "b"], {"key": {"inner": 1}}
print(f"{"same quotes"} {table["key"]["inner"]} {", ".join(items)}")
print(f"{'\n'.join(items)} {"\t".join(items)!r} {'\\'} {"\N{BULLET}"}")
print(f"{f"{f"{f"{f"{1 + 1}"}"}"}"}")
print(f"{
    name  # a comment
    .upper()  # another "comment" with } braces {
} {
    [
        x  # inside
        for x in items
    ]
}")
print(f"{name!r:{">"}{"10"}} {name:{f"{"^"}{12}"}}|")
print(f"""{
    "triple " + 'quotes' + """ inside """
}""")
print(f"{'a' if True else "b"} {lambda_(5) if (lambda_ := lambda v: f"{v!r}") else ""}")
print(f"{name=} {"text"=} {items[0]=!s} {f"{name}"=} { 'spaces' = }")
print(f"{{ {"{"} }} {"}"} {{{"x"}}}")
print(rf"\d{name}\{"raw"}", f'{'single'}', f"{f'{f"{'deep'}"}'}")
print(f"{"a" "b"}{'c' f"{"d"}" "e"}")
print(f"{(x:=5)}{x:=+5}{x:={x}}")
print(f"{name:\x3e10}|{name:{'\x3c'}10}|{5:\u003e3}|")
print(f"{dict(a="1", b='2')} { {"k": "v"}["k"] } {[*"ab"]}")
long = f"{"x" * 3}{
    "multi"
    " line"
}{f"{
    name
}"}"
print(long)


def caret():
    return f"before {"fine"} {table["key"]["missing"]} after"


def caret_multi_line():
    return f"""first
    {name}
    {
        1 / 0
    }"""


for function in (caret, caret_multi_line):
    try:
        function()
    except (KeyError, ZeroDivisionError):
        print(traceback.format_exc().replace(__file__, os.path.basename(__file__)))
for source in ('f"{"', 'f"{}"', 'f"{a b}"', 'f"{a!z}"', 'f"}"', 'f"{a:{b:{c:{d}}}}"', 'f"{lambda x: 1}"', 'f"{*a}"', 'f"{a!}"'):
    try:
        compile(source, "<f>", "eval")
        print(source, "compiles")
    except SyntaxError as error:
        print(source, error.msg)
