"""A recursive-descent parser that evaluates arithmetic expressions from a string."""

import sys

SIZES = {"tiny": (5, 2), "small": (1_200, 900), "large": (1_200, 7_500)}


class Parser:
    def __init__(self, text):
        self.text = text
        self.position = 0

    def expression(self):
        value = self.term()
        while self.text[self.position] in "+-":
            operator = self.text[self.position]
            self.position += 1
            right = self.term()
            value = value + right if operator == "+" else value - right
        return value

    def term(self):
        value = self.factor()
        while self.text[self.position] in "*%":
            operator = self.text[self.position]
            self.position += 1
            right = self.factor()
            value = value * right % 1_000_003 if operator == "*" else value % (right + 1)
        return value

    def factor(self):
        if self.text[self.position] == "(":
            self.position += 1
            value = self.expression()
            self.position += 1
            return value
        value = 0
        while "0" <= self.text[self.position] <= "9":
            value = value * 10 + ord(self.text[self.position]) - 48
            self.position += 1
        return value


def make_text(count):
    state = 9
    parts = ["1"]
    for _ in range(count):
        state = (state * 48271) % 2147483647
        operator = "+-*%"[state % 4]
        if state % 5 == 0:
            parts.append(f"{operator}({state % 89}+{state % 13}*({state % 7}-{state % 3}))")
        else:
            parts.append(f"{operator}{state % 997}")
    return "".join(parts) + "$"


def main(count, times):
    text = make_text(count)
    total = 0
    for _ in range(times):
        total += Parser(text).expression()
    print(total)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
