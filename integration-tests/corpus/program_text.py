"""Text processing: a JSON parser by hand, a template engine, wrapping, ciphers, a diff."""

import itertools
import re
import string


class ParseError(ValueError):
    pass


def parse_json(text):
    position = 0

    def error(message):
        return ParseError(f"{message} at {position}")

    def skip():
        nonlocal position
        while position < len(text) and text[position] in " \n\t\r":
            position += 1

    def expect(token, value=None):
        nonlocal position
        if not text.startswith(token, position):
            raise error(f"expected {token!r}")
        position += len(token)
        return value

    def parse_string():
        nonlocal position
        expect('"')
        out = []
        while True:
            if position >= len(text):
                raise error("unterminated string")
            c = text[position]
            position += 1
            if c == '"':
                return "".join(out)
            if c == "\\":
                escape = text[position]
                position += 1
                if escape == "u":
                    out.append(chr(int(text[position : position + 4], 16)))
                    position += 4
                else:
                    out.append({"n": "\n", "t": "\t"}.get(escape, escape))
            else:
                out.append(c)

    def sequence(end, item):
        nonlocal position
        position += 1
        skip()
        if text.startswith(end, position):
            position += 1
            return
        while True:
            yield item()
            skip()
            if text.startswith(end, position):
                position += 1
                return
            expect(",")

    def pair():
        skip()
        key = parse_string()
        skip()
        expect(":")
        return key, value()

    def value():
        nonlocal position
        skip()
        match text[position : position + 1]:
            case "{":
                return dict(sequence("}", pair))
            case "[":
                return list(sequence("]", value))
            case '"':
                return parse_string()
            case "t":
                return expect("true", True)
            case "f":
                return expect("false", False)
            case "n":
                return expect("null")
            case "":
                raise error("unexpected end")
            case _:
                found = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?").match(text, position)
                if not found:
                    raise error(f"unexpected {text[position]!r}")
                position = found.end()
                return float(found[0]) if found[1] or found[2] else int(found[0])

    result = value()
    skip()
    if position != len(text):
        raise error("extra text")
    return result


print(parse_json('{"a": [1, -2.5, 1e3, true, null], "b\\n\\u00e9": {"c": "\\"q\\""}, "d": [], "e": {}}'))
for bad in ("", "[1,", "{'a': 1}", "[1] 2", '"abc', "tru", '{"a" 1}'):
    try:
        print(parse_json(bad))
    except ParseError as error:
        print(repr(bad), error)


def render(template, **values):
    def replace(found):
        name, _, filters = found[1].partition("|")
        value = values[name.strip()]
        for f in filter(None, map(str.strip, filters.split("|"))):
            value = {"upper": str.upper, "title": str.title, "length": len, "join": ", ".join}[f](value)
        return str(value)

    template = re.sub(
        r"{% for (\w+) in (\w+) %}(.*?){% end %}",
        lambda f: "".join(render(f[3], **values | {f[1]: item}) for item in values[f[2]]),
        template,
        flags=re.S,
    )
    return re.sub(r"{{(.*?)}}", replace, template)


print(render("Hi {{name|upper}}, {{items|join}} ({{items|length}}): {% for i in items %}<{{i|title}}>{% end %}", name="Ann", items=["tea", "milk"]))
try:
    render("{{missing}}")
except KeyError as error:
    print("missing", error)


def wrap(text, width):
    line = []
    for word in text.split():
        if sum(map(len, line)) + len(line) + len(word) > width:
            yield " ".join(line)
            line = []
        line.append(word)
    if line:
        yield " ".join(line)


for line in wrap("the quick brown fox jumps over the lazy dog and then it sleeps for a long time", 22):
    gaps = 22 - len(line)
    print("|" + line + " " * gaps + "|", "|" + line.rjust(22) + "|", "|" + line.center(22, ".") + "|")


def caesar(text, shift):
    table = {}
    for alphabet in (string.ascii_lowercase, string.ascii_uppercase):
        table |= {ord(c): alphabet[(i + shift) % 26] for i, c in enumerate(alphabet)}
    return text.translate(table)


def run_lengths(text):
    return "".join(f"{c}{n if n > 1 else ''}" for c, n in ((c, len(list(g))) for c, g in itertools.groupby(text)))


def vigenere(text, key, sign=1):
    keys = itertools.cycle(ord(k) - 97 for k in key)
    return "".join(chr((ord(c) - 97 + sign * next(keys)) % 26 + 97) if c.isalpha() else c for c in text)


def diff(a, b):
    lengths = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i, x in reversed(list(enumerate(a))):
        for j, y in reversed(list(enumerate(b))):
            lengths[i][j] = lengths[i + 1][j + 1] + 1 if x == y else max(lengths[i + 1][j], lengths[i][j + 1])
    i = j = 0
    while i < len(a) or j < len(b):
        if i < len(a) and j < len(b) and a[i] == b[j]:
            yield f" {a[i]}"
            i, j = i + 1, j + 1
        elif j == len(b) or i < len(a) and lengths[i + 1][j] >= lengths[i][j + 1]:
            yield f"-{a[i]}"
            i += 1
        else:
            yield f"+{b[j]}"
            j += 1


print(caesar("Hello, World!", 3), caesar(caesar("abc", 5), -5), run_lengths("aaabccdddd"), run_lengths(""))
secret = vigenere("attack at dawn", "lemon")
print(secret, vigenere(secret, "lemon", -1))
print(" ".join(diff("kitten", "sitting")))
print(sorted("banana apple cherry".split(), key=lambda w: (len(w), w)), "".join(reversed("stressed")))
roman = lambda n: "".join(s * (n // v) for (s, v), n in zip(*[[("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)], itertools.accumulate([1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4], lambda m, v: m % v, initial=n)]))
print([roman(n) for n in (1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999)])
