"""Parse and evaluate nested expressions by recursive descent, N times; memoized Fibonacci."""

import sys
from functools import cache

SIZES = {"tiny": 2, "small": 1_750, "large": 14_000}


class Parser:
    def __init__(self, text):
        self.text = text
        self.position = 0

    def peek(self):
        return self.text[self.position] if self.position < len(self.text) else ""

    def take(self, expected):
        if self.peek() != expected:
            raise SyntaxError(f"expected {expected!r} at {self.position}")
        self.position += 1

    def sum(self):
        tree = self.product()
        while self.peek() in ("+", "-"):
            operator = self.peek()
            self.take(operator)
            tree = (operator, tree, self.product())
        return tree

    def product(self):
        tree = self.atom()
        while self.peek() == "*":
            self.take("*")
            tree = ("*", tree, self.atom())
        return tree

    def atom(self):
        if self.peek() == "(":
            self.take("(")
            tree = self.sum()
            self.take(")")
            return tree
        begin = self.position
        while self.peek().isalnum():
            self.position += 1
        word = self.text[begin : self.position]
        return int(word) if word.isdigit() else word


def evaluate(tree, names):
    if isinstance(tree, int):
        return tree
    if isinstance(tree, str):
        return names[tree]
    operator, left, right = tree
    a = evaluate(left, names)
    b = evaluate(right, names)
    if operator == "+":
        return a + b
    if operator == "-":
        return a - b
    return a * b


def expression(depth, number):
    if depth == 0:
        return str(number % 10) if number % 3 else "xyz"[number % 2]
    left = expression(depth - 1, number * 2 + 1)
    right = expression(depth - 1, number * 2)
    return f"({left}{'+-*'[number % 3]}{right})"


def fibonacci(limit):
    @cache
    def value(n):
        return n if n < 2 else value(n - 1) + value(n - 2)

    return value(limit)


def main(times):
    checksum = 0
    for number in range(times):
        tree = Parser(expression(8, number)).sum()
        for x in range(3):
            result = evaluate(tree, {"x": x, "y": number, "z": 1})
            checksum = (checksum * 31 + result) % 1_000_000_007
        checksum += fibonacci(90) % 1_000
    print(checksum)


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
