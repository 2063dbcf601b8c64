"""Unbound locals, free variables and globals: the moment and the message of the error."""


def attempt(function, *args):
    try:
        return function(*args)
    except NameError as error:
        return f"{type(error).__name__}: {error} (name {error.name!r})"


def never_assigned(flag):
    if flag:
        x = 1
    return x


def loop_never_ran(items):
    for item in items:
        pass
    return item


def with_failed():
    try:
        with open("/no/such/file/anywhere") as stream:
            pass
    except OSError:
        pass
    return stream


def import_failed():
    try:
        import no_such_module_here as module
    except ImportError:
        pass
    return module


def used_before():
    value = value + 1
    return value


def shadowed_builtin():
    first = len([1])
    len = 5
    return first


def conditional_def(flag):
    if flag:

        def inner():
            return "inner"

    return inner()


def conditional_class(flag):
    if flag:

        class Inner:
            pass

    return Inner.__name__


def match_not_taken(value):
    match value:
        case [x]:
            pass
    return x


def walrus_not_reached(flag):
    if flag and (found := 5):
        pass
    return found


def augmented():
    total += 1


def deleted_then_used():
    x = 1
    del x
    return x + undefined_after


def in_operand_order():
    return first_missing + second_missing


def exception_variable():
    try:
        1 / 0
    except ZeroDivisionError as error:
        pass
    return error


def free_variable():
    def inner():
        return outer_value

    result = attempt(inner)
    outer_value = 1
    return result, attempt(inner)


def class_reads_free():
    class Inner:
        try:
            seen = later
        except NameError as error:
            seen = str(error)

    later = 1
    return Inner.seen


def comprehension_reads():
    return [missing_in_comprehension for _ in range(1)]


def comprehension_unbound():
    result = [late for _ in range(1)]
    late = 1
    return result


def lambda_unbound():
    f = lambda: late
    result = attempt(f)
    late = 1
    return result


def for_target_deleted():
    for i in range(2):
        del i
    return i


def try_else(flag):
    try:
        if flag:
            raise ValueError
    except ValueError:
        pass
    else:
        reached = "else"
    return reached


def parameter_deleted(p):
    del p
    p.attribute = 1


def store_subscript():
    table[0] = 1
    table = {}


def nested_function_default():
    def inner(x=missing_default):
        pass


def generator():
    yield "first"
    yield unbound
    unbound = 1


for function, args in (
    (never_assigned, (True,)), (never_assigned, (False,)), (loop_never_ran, ([],)),
    (loop_never_ran, ([1],)), (with_failed, ()), (import_failed, ()), (used_before, ()),
    (shadowed_builtin, ()), (conditional_def, (False,)), (conditional_def, (True,)),
    (conditional_class, (False,)), (match_not_taken, (5,)), (walrus_not_reached, (False,)),
    (augmented, ()), (deleted_then_used, ()), (in_operand_order, ()), (exception_variable, ()),
    (free_variable, ()), (class_reads_free, ()), (comprehension_reads, ()),
    (comprehension_unbound, ()), (lambda_unbound, ()), (for_target_deleted, ()),
    (try_else, (True,)), (try_else, (False,)), (parameter_deleted, (1,)), (store_subscript, ()),
    (nested_function_default, ()),
):  # fmt: skip
    print(function.__name__, args, "->", attempt(function, *args))
g = generator()
print(next(g), attempt(next, g))

log = []


def note(value):
    log.append(value)
    return value


def moment():
    """The check of a local happens where it is read, not where the result is used."""
    try:
        [note("before"), x, note("after")]
    except UnboundLocalError:
        log.append("error")
    try:
        note(print)(note("argument"), x)
    except UnboundLocalError:
        log.append("error")
    try:
        x + note("right")
    except UnboundLocalError:
        log.append("error")
    try:
        note([0])[x] = note("value is evaluated first")
    except UnboundLocalError:
        log.append("error")
    try:
        {note("k"): x, note("k2"): 1}
    except UnboundLocalError:
        log.append("error")
    try:
        f"{note('a')}{x}{note('b')}"
    except UnboundLocalError:
        log.append("error")
    try:
        x.attribute = note("value")
    except UnboundLocalError:
        log.append("error")
    try:
        note(1) < x < note(2)
    except UnboundLocalError:
        log.append("error")
    try:
        return x
    except UnboundLocalError:
        log.append("return error")
    x = 1


moment()
print([getattr(item, "__name__", item) for item in log])
try:
    undefined_at_module_level
except NameError as error:
    print(error)
try:
    print(__undefined_dunder__)
except NameError as error:
    print(error)
