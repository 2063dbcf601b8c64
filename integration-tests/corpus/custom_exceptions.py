"""Exception classes: arguments, notes, attributes, str/repr, pickling, and built-in details."""

import copy
import pickle


class Simple(Exception):
    pass


class WithDefault(Simple):
    def __init__(self, message="the default message"):
        super().__init__(message)


class WithFields(Exception):
    def __init__(self, code, *, detail=None):
        self.code = code
        self.detail = detail

    def __str__(self):
        return f"[{self.code}] {self.detail}"


class Both(KeyError, AttributeError):
    pass


for error in (
    Simple(), Simple("one"), Simple("one", 2), WithDefault(), WithFields(5, detail="d"),
    Both("b"), KeyError("quoted"), KeyError(), KeyError(1, 2), OSError(2, "message"),
    OSError(2, "message", "name"), StopIteration(5), SystemExit("bye"), UnicodeDecodeError(
        "utf-8", b"\xff\xfe", 0, 1, "bad byte"), SyntaxError("m", ("f", 1, 2, "text")),
):  # fmt: skip
    print(repr(error), "|", str(error), "|", error.args)

print(type(OSError(2, "x")).__name__, type(OSError(17, "x")).__name__, OSError(2, "x").errno)
print(OSError(2, "m", "name").filename, StopIteration(5).value, SystemExit(3).code)
print(UnicodeDecodeError("ascii", b"a\xff", 1, 2, "why").start, ImportError("m", name="n").name)

error = Simple("noted")
error.add_note("first note")
error.add_note("second note")
print(error.__notes__, vars(error))
try:
    error.add_note(5)
except TypeError as problem:
    print(problem)
error.attribute = [1]
print(pickle.loads(pickle.dumps(error)).attribute, copy.copy(error).args)
print(repr(pickle.loads(pickle.dumps(Both("b")))), error == Simple("noted"), error == error)

try:
    raise WithFields(7, detail={"k": 1}) from Simple("cause")
except (Simple, WithFields) as caught:
    print(caught, caught.detail, repr(caught.__cause__), caught.args)


class Weird(Exception):
    def __str__(self):
        raise ValueError("no string")


try:
    print(Weird())
except ValueError as problem:
    print(problem)

import traceback

print(traceback.format_exception_only(Weird, Weird())[-1].strip())
print(traceback.format_exception_only(error))
print(traceback.format_exception_only(WithFields(1, detail="multi\nline")))
print(traceback.format_exception_only(KeyError("k")), traceback.format_exception_only(None))

try:
    raise ValueError("changed").with_traceback(None)
except ValueError as caught:
    caught.args = ("other", "args")
    print(str(caught))


class Base(Exception):
    handlers = {}

    def __init_subclass__(cls, code):
        Base.handlers[code] = cls


class NotFound(Base, code=404):
    pass


try:
    raise Base.handlers[404]("page")
except Base as caught:
    print(type(caught).__qualname__, caught)


def attribute_suggestion():
    class Thing:
        value = 1

    try:
        Thing().valeu
    except AttributeError as caught:
        lines = traceback.format_exception_only(caught)
        print(lines[-1].strip(), "|", caught.name, type(caught.obj).__name__)
    try:
        vlaue = 1
        valeu
    except NameError as caught:
        print(traceback.format_exception_only(caught)[-1].strip(), "|", caught.name)


attribute_suggestion()
for expression in (
    "1 + 'a'", "'a' + 1", "[] + ()", "-'x'", "len(5)", "five()", "five[0]", "{}[[]]", "[][5]", "pair['a']",
    "'abc'.index('z')", "int('x')", "float('')", "[1].remove(2)", "next(iter(()))", "1 << -1",
    "chr(-1)", "b'a' + 'a'", "'%d' % 'x'", "'{}'.format()", "None.x", "range(0, 1, 0)", "1 < 'a'",
    "{**5}", "print(*5)", "print(**5)", "dict([1])", "abs()", "int.x", "{1}|[2]", "[3] * 'a'",
    "(lambda a: a)()", "(lambda: 0)(1)", "(lambda *, k: k)()", "object().x", "open('/no/such')",
):  # fmt: skip
    try:
        eval(expression, {"five": 5, "pair": (1,)})
    except Exception as caught:
        print(f"{expression:22} {type(caught).__name__}: {caught}")
