"""Dump nested records to JSON and load them again, N times; both directions, indented and not."""

import json
import sys

SIZES = {"tiny": 2, "small": 535, "large": 4_400}


def records(count):
    return [
        {
            "id": number,
            "name": f"item-{number:04}",
            "price": number * 1.25,
            "tags": [f"t{number % k}" for k in range(2, 7)],
            "stock": {"north": number % 13, "south": number % 7, "closed": number % 11 == 0},
            "note": 'quoted "text" and\nlines' if number % 3 == 0 else None,
        }
        for number in range(count)
    ]


def main(times):
    items = records(400)
    length = 0
    for number in range(times):
        text = json.dumps(items, sort_keys=True, indent=2 if number % 4 == 0 else None)
        length += len(text)
        items = json.loads(text)
        items[number % 400]["price"] += 1
    total = sum(int(item["price"] * 4) for item in items)
    print(f"{length} characters, {total}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
