"""Formatted string literals: conversions, specs, nesting, `=`, quoting, raw and joined forms."""

import datetime
import decimal

x, y, name = 10, 3.14159, "Ada"
print(f"{x} {y} {name}", f"{x + 1}{x - 1}", f"{x!r}{name!r}{name!s}{'é'!a}", f"", f"plain")
print(f"{{}} {{{x}}} {{x}}", f"{{{{", f"}}}}")
print(f"{x:5}|{x:<5}|{x:^5}|{x:>5}|{x:05}|{x:+}|{x:#x}|{x:b}|{x:e}|{x:,}|{x:_}")
print(f"{y:.2f} {y:8.3f} {y:<8.1f}| {y!r:>10} {name:*^9} {name!r:.3} {1e100:g} {0.1:.20f}")
print(f"{1234567.891:,.2f} {1234567:_} {-5: } {255:#o} {255:#X} {0.5:%} {12:c} {1 + 2j:.1f}")
width, precision, fill = 10, 3, "-"
print(f"{y:{width}.{precision}}|{y:{fill}>{width}.{precision}f}|{name:{fill}{'^'}{width}}|")
print(f"{name:{'>' if x else '<'}{width + 2}}|{x:{''}}|{f'{x}':>5}|{f'{name}'}")
print(f"{x=} {x = } {y=:.2f} {name=!s} {name=} {x + y=} { x =:>5}")
print(f"{name=} {x + 1 = } {[1, 2][0]=} {dict(a=1)['a']=} {x=!r:>4} {x == 10=}")
print(f"{(lambda v: v * 2)(x)} {[i for i in range(3)]} { {'k': 1}['k']} {x if x > 5 else y} {not x}")
print(f"{datetime.date(2024, 1, 2):%Y/%m/%d}", f"{decimal.Decimal('1.50'):.1f}")
print(f"a" "b" f"{x}" "{x}" f"c" r"\n" rf"\d{x}\{y:.0f}", fr"\{x}", F"{x}", Rf"{x}\t")
print(f'{name!r} {"double"} {"it is"!r}', f"""{
    x
} {
    name
:>5}|""")
print(f"\N{BULLET} {x}\t|\x41\u00e9", f"{'n'}\N{DIGIT ONE}")
print(f"{x,}", f"{x, y}", f"{*[1, 2],}", f"{(x, y)}", f"{x}" f"{y}", f"{'a' 'b'}")
print(f"{'text'!r:^{width}.{precision}}|")
print(f"{3:{4}}{5!s:{6}}{'x':{'y'}>{3}}")


class Spec:
    def __format__(self, spec):
        return f"<{spec}>"

    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


s = Spec()
print(f"{s}", f"{s:abc}", f"{s!s:>6}", f"{s!r:>6}", f"{s!a}", f"{s:{x}-{s}}", f"{s:{{}}}", f"{s: }")
print(f"{s:a{x}b{name}c}", f"{s:%H:%M}", f"{s=}", f"{s=:z}", f"{s = !s}", str(s), format(s, "q"))
print(f"{None} {True} {...} {[]} {()} {1 + 1j} {b'x'}", f"{'':5}|", f"{0:}", f"{x:}")


def function(value):
    """Docstrings may not be f-strings."""
    return f"{value}" f"{value!r}" f"{value:>{len(str(value)) + 2}}"


def not_a_docstring():
    f"this is not a docstring {x}"


print(function("v"), not_a_docstring.__doc__)
for bad in ("f'{x:d}'", "f'{name:d}'", "f'{None:5}'", "f'{[]:5}'", "f'{x:.2}'", "f'{y:s}'", "f'{s!r:q}'"):
    try:
        print(eval(bad))
    except (ValueError, TypeError) as error:
        print(bad, type(error).__name__, error)


class BadFormat:
    def __format__(self, spec):
        return 5


try:
    f"{BadFormat()}"
except TypeError as error:
    print(error)


def closure():
    inner = "cell"
    return (lambda: f"{inner} {inner!r:>8}")(), [f"{inner}{i}" for i in range(2)]


print(closure(), *(f"{i}:{j}" for i in "ab" for j in range(2)))
print("%s %r %5d|%-5s|%05.1f %% %x %c" % (name, name, x, x, y, x, 65), "%(a)s %(b)03d" % {"a": 1, "b": 2})
print("{} {} {k} {k!r:>5}".format(1, 2, k="v"), "{0[1]} {0[0]} {1.real}".format([1, 2], 3))
large = f"{'x' * 50}{x}{'y' * 50}{name}{'z' * 50}"
print(len(large), f"{x}{x}{x}{x}{x}{x}{x}{x}{x}{x}", f"{x}-" * 3)
table = {"key": {"inner": [10, 20]}}
print(f"{table['key']['inner'][1]:>4}", f"{table!r:.10}", f"{len(table):03}", f"{max(1, 2)}{min(*[3, 4])}")
print(f"{x:{x}{'d'}}", f"{x:0{5}d}", f"{'{'}{'}'}", f"{'{'}{x}{'}'}", f"{{{x:>{width}}}}", f"{x}}}")
