"""assert: conditions, messages, when messages are evaluated, and __debug__."""

log = []


def note(value):
    log.append(value)
    return value


def check(function):
    try:
        function()
        print(function.__name__, "passed", log)
    except AssertionError as error:
        print(function.__name__, "failed", error.args, log)
    except Exception as error:
        print(function.__name__, type(error).__name__, error, log)
    log.clear()


def passes():
    assert note(1)
    assert note(1), note("message")
    assert note([0]) and not note([])


def fails():
    assert note(0)


def fails_with_message():
    assert note(0), note("message")


def tuple_message():
    assert 0, ("a", "b")


def none_message():
    assert 0, None


def exception_message():
    assert 0, ValueError("as a message")


def message_raises():
    assert 0, undefined


def condition_raises():
    assert undefined, "message"


def comparison():
    x = 5
    assert 0 < x < 3, f"{x} is out of range"


def and_or():
    assert (note(0) or note("")) and note("never"), note("m")


def negated():
    assert not note(1)


def in_loop():
    for i in range(3):
        assert i < 2, i


def in_finally():
    try:
        assert False, "first"
    finally:
        assert note(True)


def in_handler():
    try:
        assert False, "first"
    except AssertionError:
        assert not "second", "second"


def walrus():
    assert (x := note(3)) and x == 3


def debug():
    if __debug__:
        note("debug")
    assert __debug__


for function in (
    passes, fails, fails_with_message, tuple_message, none_message, exception_message, message_raises,
    condition_raises, comparison, and_or, negated, in_loop, in_finally, in_handler, walrus, debug,
):  # fmt: skip
    check(function)


class Truth:
    def __bool__(self):
        log.append("asked")
        raise ValueError("no truth")


check(lambda: exec("assert t", {"t": Truth()}))
AssertionError_original = AssertionError


def shadowed():
    AssertionError = ValueError
    try:
        assert False, "still the builtin"
    except AssertionError_original as error:
        print(type(error).__name__, error)


shadowed()


class Body:
    assert True
    try:
        assert [], "in a class body"
    except AssertionError as error:
        print(error)


assert True, "module"
