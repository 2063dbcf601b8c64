"""Build, cut and search strings, N times: formatting, `join`, `split`, `replace`, `+=`."""

import sys

SIZES = {"tiny": 2, "small": 4_900, "large": 39_000}

NAMES = ["alder", "birch", "cedar", "elm", "fir", "hazel", "larch"]


def page(number):
    parts = []
    for line in range(100):
        name = NAMES[line % 7] + NAMES[line // 7 % 7]
        parts.append(f"<li class='{name}'>{line * number:>8,d} | {line / 7:.3f} | %s</li>" % name)
    return "\n".join(parts)


def plain_text(html):
    text = html.replace("<li class='", "").replace("</li>", "").replace("'>", " ")
    words = [word.strip().title() for word in text.split("|")]
    return " ".join(word for word in words if word and not word.startswith("0"))


def reversed_words(text):
    result = ""
    for word in text.split():
        if word.isalpha():
            result += word[::-1].lower() + "-"
        else:
            result += word.zfill(8)
    return result


def main(times):
    length = 0
    vowels = 0
    for number in range(times):
        text = reversed_words(plain_text(page(number)))
        length += len(text)
        vowels += sum(text.count(vowel) for vowel in "aeiou")
        if "hcral" in text:
            vowels += text.index("hcral")
    print(length, vowels)


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
