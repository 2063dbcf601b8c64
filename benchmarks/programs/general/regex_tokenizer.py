"""Split source text into tokens with a regular expression and count their kinds, several times."""

import re
import sys

SIZES = {"tiny": (10, 1), "small": (60, 420), "large": (60, 3_400)}

TOKEN = re.compile(
    r"""
      (?P<space>[ \t]+) | (?P<newline>\n) | (?P<comment>\#[^\n]*)
    | (?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?) | (?P<string>"(?:\\.|[^"\\])*")
    | (?P<name>[A-Za-z_]\w*) | (?P<operator>[-+*/%=<>!&|^~]=?|[()\[\]{},:.;])
    """,
    re.VERBOSE,
)
KEYWORDS = {"def", "if", "else", "return", "while", "for", "in"}


def source(functions):
    lines = []
    for number in range(functions):
        lines.append(f"def function_{number}(a, b, *rest):  # number {number}")
        lines.append(f'    text = "value \\"{number}\\"" + str(a * {number}.5e-3)')
        lines.append("    while a < b and not rest:")
        lines.append(f"        a += {number} ** 2 - (b % 7) // 3")
        lines.append('    return {"text": text, "a": [a, b, rest[0:1]]}')
    return "\n".join(lines)


def tokens(text):
    for match in TOKEN.finditer(text):
        kind = match.lastgroup
        if kind in ("space", "comment"):
            continue
        value = match.group()
        yield ("keyword" if value in KEYWORDS else kind), value


def main(functions, times):
    text = source(functions)
    counts = {}
    length = 0
    for _ in range(times):
        for kind, value in tokens(text):
            counts[kind] = counts.get(kind, 0) + 1
            length += len(value)
    print(sorted(counts.items()), length)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
