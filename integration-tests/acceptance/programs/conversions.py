"""Conversions between types in hot loops."""

from checking import check, finish


def to_int(n):
    total = 0
    for i in range(n):
        total += int(i * 0.7) + int(True) + round(i / 3)
    return total


def to_float(n):
    total = 0.0
    for i in range(n):
        total += float(i) / 4 + float("0.5")
    return total


def to_text(n):
    total = 0
    for i in range(n):
        text = str(i * 37)
        total += len(text) + ord(text[0])
    return total


def from_text(n):
    numbers = ["12", "7", "-3", "100"]
    total = 0
    for i in range(n):
        total += int(numbers[i % 4])
    return total


def to_bool(n):
    values = [0, 1, 2, 0, 5]
    true = 0
    for i in range(n):
        if bool(values[i % 5]):
            true += 1
        if not bool(i % 2):
            true += 10
        true += bool(i) + (i > 5)
    return true


def characters(n):
    total = 0
    for i in range(n):
        letter = chr(97 + i % 26)
        total += ord(letter.upper()) - ord("A")
    return total


check("to int", to_int(2000), 2066699)
check("to float", to_float(2000), 500750.0)
check("to text", to_text(2000), 113477)
check("from text", from_text(2000), 58000)
check("to bool", to_bool(2000), 15193)
check("characters", characters(2000), 24976)
finish()
