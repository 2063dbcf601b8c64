"""Nested lists and dicts to JSON text, and the sum of the ints in it."""

import sys

SIZES = {"tiny": (5, 2), "small": (600, 330), "large": (600, 2_700)}


def quoted(text):
    out = '"'
    for ch in text:
        if ch == '"' or ch == "\\":
            out += "\\" + ch
        elif ch == "\n":
            out += "\\n"
        else:
            out += ch
    return out + '"'


def encode(value):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        parts = []
        for item in value:
            parts.append(encode(item))
        return "[" + ", ".join(parts) + "]"
    parts = []
    for key, item in value.items():
        parts.append(quoted(key) + ": " + encode(item))
    return "{" + ", ".join(parts) + "}"


def main(count, times):
    records = [
        {"id": k, "name": f"item {k}", "tags": ["a", "b\n", 'c"'], "flag": k % 2 == 0, "none": None}
        for k in range(count)
    ]
    check = 0
    for _ in range(times):
        text = encode(records)
        check = (check * 31 + len(text)) % 1_000_000_007
    print(check, text[:60])


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
