"""return, break, continue and raise from try, except, else and finally, in every combination."""

EXITS = ("return", "break", "continue", "raise", "pass")


def run(in_try, in_handler, in_else, in_finally):
    log = []
    for i in range(2):
        log.append(i)
        try:
            log.append("t")
            if in_try == "return":
                return log, "try"
            if in_try == "break":
                break
            if in_try == "continue":
                continue
            if in_try == "raise":
                raise ValueError("try")
        except ValueError:
            log.append("h")
            if in_handler == "return":
                return log, "handler"
            if in_handler == "break":
                break
            if in_handler == "continue":
                continue
            if in_handler == "raise":
                raise KeyError("handler")
        else:
            log.append("e")
            if in_else == "return":
                return log, "else"
            if in_else == "break":
                break
            if in_else == "continue":
                continue
            if in_else == "raise":
                raise IndexError("else")
        finally:
            log.append("f")
            if in_finally == "return":
                return log, "finally"
            if in_finally == "break":
                break
            if in_finally == "continue":
                continue
            if in_finally == "raise":
                raise OSError("finally")
        log.append("end of body")
    else:
        log.append("loop else")
    return log, "end"


for in_try in EXITS:
    for in_handler in EXITS if in_try == "raise" else ("pass",):
        for in_else in EXITS if in_try == "pass" else ("pass",):
            for in_finally in EXITS:
                label = f"{in_try}/{in_handler}/{in_else}/{in_finally}"
                try:
                    log, where = run(in_try, in_handler, in_else, in_finally)
                except (ValueError, LookupError, OSError) as error:
                    print(label, "raised", repr(error), "context", repr(error.__context__))
                else:
                    print(label, where, *log)


def return_value_is_computed_first():
    x = 1
    try:
        return x
    finally:
        x = 2


def return_mutable():
    x = []
    try:
        return x
    finally:
        x.append("added by finally")


def return_replaced():
    try:
        return "try"
    finally:
        return "finally"


def return_expression_raises(log):
    try:
        return 1 / 0
    except ZeroDivisionError:
        log.append("handler")
        return log
    finally:
        log.append("finally")


print(return_value_is_computed_first(), return_mutable(), return_replaced())
print(return_expression_raises([]))


def nested_finallys():
    log = []

    def inner():
        try:
            try:
                try:
                    return "value"
                finally:
                    log.append(1)
            finally:
                log.append(2)
        finally:
            log.append(3)

    return inner(), log


print(nested_finallys())


def loops_in_finally():
    log = []
    try:
        raise ValueError("kept")
    finally:
        for i in range(3):
            if i == 1:
                continue
            log.append(i)
        while True:
            break
        try:
            raise KeyError("inner")
        except KeyError:
            log.append("inner handled")
        print(log)


try:
    loops_in_finally()
except ValueError as error:
    print(error, error.__context__)


def break_two_levels():
    log = []
    for i in range(3):
        try:
            for j in range(3):
                try:
                    if j == 1:
                        break
                    if i == 1:
                        continue
                    log.append((i, j))
                finally:
                    log.append(f"inner {i}{j}")
            if i == 2:
                break
        finally:
            log.append(f"outer {i}")
    return log


print(break_two_levels())


def while_true():
    n = 0
    while True:
        n += 1
        try:
            if n < 3:
                continue
            if n == 3:
                raise ValueError
            return n
        except ValueError:
            continue
        finally:
            n += 10


print(while_true())


def finally_swallows(values):
    out = []
    for value in values:
        try:
            out.append(10 // value)
        finally:
            continue
    return out


print(finally_swallows([5, 0, "x", 2]))


def return_in_loop_in_try():
    try:
        for x in [1, 2, 3]:
            while True:
                if x == 2:
                    return x
                break
    finally:
        print("left the loops")


print(return_in_loop_in_try())


def generator_in_finally():
    try:
        yield 1
        return "returned"
    finally:
        yield 2


g = generator_in_finally()
print(next(g), next(g))
try:
    next(g)
except StopIteration as stop:
    print(stop.value)


def with_and_finally(log):
    class Manager:
        def __enter__(self):
            log.append("enter")

        def __exit__(self, *details):
            log.append("exit")

    for i in range(2):
        try:
            with Manager():
                if i == 0:
                    continue
                return log
        finally:
            log.append("finally")


print(with_and_finally([]))


def conditional_return(flag):
    try:
        if flag:
            return "early"
    finally:
        if not flag:
            return "late"
    return "unreachable"


print(conditional_return(True), conditional_return(False))
