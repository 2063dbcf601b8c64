"""A small stack language: tokenizer, compiler with closures, interpreter, and programs for it."""

import re
from dataclasses import dataclass, field


class LanguageError(Exception):
    def __init__(self, message, *, word=None):
        super().__init__(message)
        self.word = word


@dataclass
class Machine:
    stack: list = field(default_factory=list)
    words: dict = field(default_factory=dict)
    output: list = field(default_factory=list)
    steps: int = 0

    def pop(self):
        try:
            return self.stack.pop()
        except IndexError:
            raise LanguageError("the stack is empty") from None

    def binary(self, function):
        def operation():
            b, a = self.pop(), self.pop()
            self.stack.append(function(a, b))

        return operation

    def __post_init__(self):
        self.words |= {
            "+": self.binary(lambda a, b: a + b),
            "-": self.binary(lambda a, b: a - b),
            "*": self.binary(lambda a, b: a * b),
            "/": self.binary(lambda a, b: a // b),
            "mod": self.binary(lambda a, b: a % b),
            "<": self.binary(lambda a, b: int(a < b)),
            "=": self.binary(lambda a, b: int(a == b)),
            "dup": lambda: self.stack.append(self.stack[-1]),
            "drop": self.pop,
            "swap": lambda: self.stack.extend((self.pop(), self.pop())),
            "over": lambda: self.stack.append(self.stack[-2]),
            ".": lambda: self.output.append(str(self.pop())),
        }

    def run(self, code):
        for instruction in code:
            self.steps += 1
            if self.steps > 20_000:
                raise LanguageError("too many steps")
            match instruction:
                case int(number):
                    self.stack.append(number)
                case str(word) if word in self.words:
                    found = self.words[word]
                    self.run(found) if isinstance(found, list) else found()
                case ("if", then, otherwise):
                    self.run(then if self.pop() else otherwise)
                case ("while", condition, body):
                    self.run(condition)
                    while self.pop():
                        self.run(body)
                        self.run(condition)
                case ("define", name, body):
                    self.words[name] = body
                case str(word):
                    raise LanguageError("unknown word", word=word)
                case other:
                    raise AssertionError(other)


def parse(tokens, *ends):
    code = []
    for token in tokens:
        if token in ends:
            return code, token
        if token == "if":
            then, end = parse(tokens, "else", "then")
            otherwise = parse(tokens, "then")[0] if end == "else" else []
            code.append(("if", then, otherwise))
        elif token == "begin":
            condition, _ = parse(tokens, "while")
            body, _ = parse(tokens, "repeat")
            code.append(("while", condition, body))
        elif token == ":":
            name = next(tokens)
            code.append(("define", name, parse(tokens, ";")[0]))
        elif re.fullmatch(r"-?\d+", token):
            code.append(int(token))
        else:
            code.append(token)
    if ends:
        raise LanguageError(f"expected {' or '.join(ends)}")
    return code, None


def execute(source):
    machine = Machine()
    try:
        code, _ = parse(iter(re.sub(r"\(.*?\)", "", source).split()))
        machine.run(code)
    except LanguageError as error:
        machine.output.append(f"[{error}{': ' + error.word if error.word else ''}]")
    except ZeroDivisionError as error:
        machine.output.append(f"[{type(error).__name__}]")
    return " ".join(machine.output), machine.stack, machine.steps


for program in (
    "1 2 + 3 * .",
    ": square dup * ; 7 square . 3 square square .",
    ": fact dup 2 < if drop 1 else dup 1 - fact * then ; 20 fact . 30 fact .",
    "10 begin dup while dup . 1 - repeat drop",
    ": fib dup 2 < if else dup 1 - fib swap 2 - fib + then ; 15 fib .",
    ": gcd begin dup while over over mod swap drop swap over = if drop 0 else then repeat ; 1 .",
    "1 if 10 . then 0 if 20 . else 30 . then (a comment) 5",
    "1 0 /", "drop", "1 unknown", "1 if 2", "begin 1 while repeat",
    ": collatz 0 swap begin dup 1 - while swap 1 + swap dup 2 mod if 3 * 1 + else 2 / then repeat drop ; 27 collatz .",
):  # fmt: skip
    print(execute(program))
