"""An uncaught exception with a cause, notes and several frames.

Exit status: 1
"""


class ConfigError(Exception):
    pass


def parse(line):
    key, value = line.split("=")
    return key, int(value)


def load(lines):
    for number, line in enumerate(lines, 1):
        try:
            yield parse(line)
        except ValueError as error:
            problem = ConfigError(f"line {number}: {line!r}")
            problem.add_note("expected name=number")
            raise problem from error


def main():
    print(dict(load(["a=1", "b=2"])))
    print(dict(load(["a=1", "b=two", "c"])))


try:
    main()
finally:
    print("finally before the traceback")
