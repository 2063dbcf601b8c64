"""`with`: several managers, targets, returns and loops inside, and the lookup of the protocol."""


class Manager:
    def __init__(self, name, log, suppress=False):
        self.name = name
        self.log = log
        self.suppress = suppress

    def __enter__(self):
        self.log.append(f"enter {self.name}")
        return self.name

    def __exit__(self, kind, value, traceback):
        self.log.append(f"exit {self.name} {kind.__name__ if kind else '-'}")
        return self.suppress


def run(function):
    log = []
    try:
        result = function(log)
    except Exception as error:
        result = repr(error)
    print(function.__name__, result, log)


def one(log):
    with Manager("a", log) as a:
        return a


def several(log):
    with Manager("a", log) as a, Manager("b", log), Manager("c", log) as c:
        return a, c


def parenthesized(log):
    with (
        Manager("a", log) as a,
        Manager("b", log) as b,
    ):
        pass
    return a + b


def tuple_is_not_managers(log):
    try:
        with (Manager("a", log), Manager("b", log)) as both:
            return both
    finally:
        log.append("done")


def propagates(log):
    with Manager("outer", log), Manager("inner", log):
        raise ValueError("v")


def suppressed_inside(log):
    with Manager("outer", log):
        with Manager("inner", log, suppress=True):
            raise ValueError("v")
        log.append("continues")
    return "fine"


def suppressed_multi(log):
    with Manager("a", log, suppress=True), Manager("b", log):
        raise ValueError("v")
    return "after"


def in_loop(log):
    for i in range(4):
        with Manager(i, log):
            if i == 1:
                continue
            if i == 2:
                break
            log.append("body end")
    return i


def return_swallowed(log):
    with Manager("a", log, suppress=True):
        return "value computed"
    return "not reached"


def raise_swallowed_then_fallthrough(log):
    with Manager("a", log, suppress=True):
        return 1 / 0
    return "fell through"


def targets(log):
    class Box:
        pass

    box, items, table = Box(), [0, 0, 0], {}
    with Manager("attribute", log) as box.name, Manager("item", log) as items[1]:
        pass
    with Manager("xyz", log) as (x, *rest), Manager("slice", log) as items[2:]:
        pass
    with Manager("key", log) as table[box.name]:
        pass
    return box.name, items, x, rest, table


def target_fails(log):
    with Manager("abc", log) as (a, b):
        log.append("never")


def truthy_exit(log):
    class Loud(list):
        def __bool__(self):
            log.append("bool asked")
            return True

    class M(Manager):
        def __exit__(self, *details):
            return Loud()

    with M("x", log):
        log.append("not asked without an exception")
    with M("x", log):
        raise KeyError
    return "suppressed"


def exit_on_type(log):
    class M:
        def __enter__(self):
            return self

        def __exit__(self, *details):
            log.append("class exit")

    m = M()
    m.__exit__ = lambda *details: log.append("instance exit")
    with m:
        m.__exit__(1)


def expression_order(log):
    def note(x):
        log.append(f"expression {x}")
        return Manager(x, log)

    with note(1) as a, note(2) as b, note(a + b if False else 3):
        log.append("body")


def nested_functions(log):
    with Manager("a", log) as name:

        def inner():
            with Manager("inner " + name, log):
                return name

        return inner()


def generator(log):
    def values():
        with Manager("generator", log):
            yield 1
            yield 2

    for value in values():
        log.append(value)
        break
    return list(values())


def exception_replaced(log):
    class Replace(Manager):
        def __exit__(self, *details):
            raise KeyError("replaced") from details[1]

    try:
        with Replace("r", log):
            raise ValueError("original")
    except KeyError as error:
        return repr(error), repr(error.__cause__)


def reused(log):
    m = Manager("same", log)
    with m, m:
        pass
    with m:
        pass


def in_try_finally(log):
    try:
        with Manager("a", log):
            try:
                raise ValueError
            finally:
                log.append("inner finally")
    except ValueError:
        log.append("except")
    finally:
        log.append("outer finally")


for function in (
    one, several, parenthesized, tuple_is_not_managers, propagates, suppressed_inside,
    suppressed_multi, in_loop, return_swallowed, raise_swallowed_then_fallthrough, targets,
    target_fails, truthy_exit, exit_on_type, expression_order, nested_functions, generator,
    exception_replaced, reused, in_try_finally,
):  # fmt: skip
    run(function)

with open(__file__, encoding="utf-8") as module_level_file:
    first = module_level_file.readline()
print(first.strip(), module_level_file.closed)
