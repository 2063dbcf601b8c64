"""A hand-written scanner of expressions: numbers, names and operators, character by character."""

import sys

SIZES = {"tiny": (5, 2), "small": (400, 200), "large": (400, 1_680)}

SOURCE = "total = price * (count + 12) - 345 / rate_2; if total >= limit_9 { print(total) } "


def tokenize(text):
    tokens = []
    i = 0
    size = len(text)
    while i < size:
        ch = text[i]
        if ch == " ":
            i += 1
        elif ch.isdigit():
            start = i
            while i < size and text[i].isdigit():
                i += 1
            tokens.append(("number", text[start:i]))
        elif ch.isalpha() or ch == "_":
            start = i
            while i < size and (text[i].isalnum() or text[i] == "_"):
                i += 1
            tokens.append(("name", text[start:i]))
        elif ch in "<>=!" and i + 1 < size and text[i + 1] == "=":
            tokens.append(("operator", text[i : i + 2]))
            i += 2
        else:
            tokens.append(("operator", ch))
            i += 1
    return tokens


def main(lines, times):
    text = SOURCE * lines
    kinds = {}
    length = 0
    for _ in range(times):
        for kind, word in tokenize(text):
            kinds[kind] = kinds.get(kind, 0) + 1
            length += len(word)
    print(kinds, length)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
