"""A hand-written parser of JSON: values by index into the text."""

import sys

SIZES = {"tiny": (3, 2), "small": (300, 370), "large": (300, 3_010)}

RECORD = '{"id": 12, "name": "first item", "tags": ["a", "b", "see"], "price": 1234, "ok": true}'


def skip(text, i):
    while text[i] == " " or text[i] == ",":
        i += 1
    return i


def parse_string(text, i):
    start = i
    while text[i] != '"':
        i += 1
    return text[start:i], i + 1


def parse(text, i):
    i = skip(text, i)
    ch = text[i]
    if ch == '"':
        return parse_string(text, i + 1)
    if ch == "{":
        found = {}
        i = skip(text, i + 1)
        while text[i] != "}":
            key, i = parse_string(text, i + 1)
            value, i = parse(text, i + 1)
            found[key] = value
            i = skip(text, i)
        return found, i + 1
    if ch == "[":
        items = []
        i = skip(text, i + 1)
        while text[i] != "]":
            value, i = parse(text, i)
            items.append(value)
            i = skip(text, i)
        return items, i + 1
    if ch == "t":
        return True, i + 4
    if ch == "f":
        return False, i + 5
    number = 0
    while "0" <= text[i] <= "9":
        number = number * 10 + int(text[i])
        i += 1
    return number, i


def main(count, times):
    text = "[" + ", ".join([RECORD] * count) + "]"
    total = 0
    for _ in range(times):
        records, end = parse(text, 0)
        for record in records:
            total += record["price"] + len(record["name"])
    print(total, end, records[0])


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
