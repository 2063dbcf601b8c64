"""Strings in hot loops."""

from checking import check, finish


def concatenation(n):
    text = ""
    for i in range(n):
        text += "ab"
        if i % 3 == 0:
            text = text + "-"
    return len(text), text[:10]


def characters(n):
    text = "the quick brown fox jumps over the lazy dog" * 3
    vowels = 0
    for i in range(n):
        if text[i % len(text)] in "aeiou":
            vowels += 1
    for character in text:
        if character == " ":
            vowels -= 1
    return vowels


def slices(n):
    text = "abracadabra" * 4
    found = 0
    for i in range(n):
        start = i % 40
        if text[start : start + 3] == "abr":
            found += 1
    return found


def methods(n):
    words = ["alpha", "Beta", " gamma ", "delta9", "1234"]
    score = 0
    for i in range(n):
        word = words[i % 5]
        if word.strip().isalpha():
            score += len(word.upper())
        if word.startswith("al") or word.endswith("9"):
            score += word.find("a")
        score += word.replace("a", "aa").count("a")
    return score


def join_and_split(n):
    total = 0
    for i in range(n):
        line = ",".join(["x", "yy", "zzz"])
        fields = line.split(",")
        total += len(fields[i % 3]) + len(line)
    return total


def formatting(n):
    total = 0
    for i in range(n):
        total += len(f"{i}:{i * 2}") + len(str(i)) + len("%d items" % i)
    return total


check("concatenation", concatenation(2000), (4667, "ab-ababab-"))
check("characters", characters(2000), 488)
check("slices", slices(2000), 350)
check("methods", methods(2000), 12800)
check("join and split", join_and_split(2000), 19999)
check("formatting", formatting(2000), 42115)
finish()
