"""`__context__`, `__cause__`, `__suppress_context__`: who sets them, and cycles."""


def chain(error):
    parts = []
    while error is not None:
        link = "cause" if error.__cause__ is not None else "context"
        hidden = " hidden" if error.__suppress_context__ and error.__cause__ is None else ""
        parts.append(f"{type(error).__name__}({error}){hidden}")
        error = error.__cause__ if link == "cause" else error.__context__
        if error is not None:
            parts.append(f"-{link}->")
    return " ".join(parts)


def catch(function):
    try:
        function()
    except BaseException as error:
        print(chain(error))


def implicit():
    try:
        1 / 0
    except ZeroDivisionError:
        {}["missing"]


def explicit():
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise ValueError("wrapped") from error


def suppressed():
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("alone") from None


def in_finally():
    try:
        raise ValueError("first")
    finally:
        raise KeyError("second")


def three_levels():
    try:
        try:
            raise ValueError("a")
        except ValueError:
            raise KeyError("b")
    except KeyError:
        raise IndexError("c")


def handled_before():
    try:
        raise ValueError("handled")
    except ValueError:
        pass
    raise KeyError("no context")


def from_class():
    raise ValueError("x") from OSError


def through_function():
    def helper():
        raise KeyError("in helper")

    try:
        raise ValueError("outside")
    except ValueError:
        helper()


def in_else():
    try:
        pass
    except ValueError:
        pass
    else:
        raise KeyError("else has no context")


def nested_handler_ends():
    try:
        raise ValueError("outer")
    except ValueError:
        try:
            raise KeyError("inner")
        except KeyError:
            pass
        raise OSError("context is outer again")


def reraised_with_cause():
    try:
        raise ValueError("v")
    except ValueError as error:
        error.__cause__ = KeyError("assigned")
        raise


def in_with():
    class Manager:
        def __enter__(self):
            pass

        def __exit__(self, kind, value, traceback):
            raise OSError("in exit")

    with Manager():
        raise ValueError("in body")


def loop_of_errors():
    error = None
    for n in range(3):
        try:
            try:
                raise ValueError(n)
            finally:
                if error:
                    raise error
        except ValueError as new:
            error = new
    raise error


def generator_context():
    def generator():
        try:
            yield
        except ValueError:
            raise KeyError("from the generator")

    g = generator()
    next(g)
    try:
        raise OSError("around")
    except OSError:
        g.throw(ValueError("thrown"))


def yields_in_handler():
    def generator():
        try:
            raise ValueError("in generator")
        except ValueError:
            yield
            raise KeyError("after the yield")

    g = generator()
    next(g)
    try:
        raise OSError("caller's")
    except OSError:
        next(g)


def raise_context_itself():
    try:
        raise ValueError("self")
    except ValueError as error:
        raise error


def swap():
    a, b = ValueError("a"), KeyError("b")
    try:
        try:
            raise a
        except ValueError:
            raise b
    except KeyError:
        raise a


def comparison_context():
    class Broken:
        def __eq__(self, other):
            raise TypeError("in eq")

    try:
        raise ValueError("before")
    except ValueError:
        [Broken()].index(1)


def destructor_free():
    try:
        raise ValueError("v")
    except ValueError as error:
        saved = error
    try:
        raise saved
    except ValueError as error:
        print("same object:", error is saved, error.__context__)
    raise KeyError("end")


def deep_in_finally():
    try:
        try:
            raise ValueError(1)
        finally:
            try:
                raise KeyError(2)
            except KeyError:
                pass
    finally:
        raise IndexError(3)


for function in (
    implicit, explicit, suppressed, in_finally, three_levels, handled_before, from_class,
    through_function, in_else, nested_handler_ends, reraised_with_cause, in_with, loop_of_errors,
    generator_context, yields_in_handler, raise_context_itself, swap, comparison_context,
    destructor_free, deep_in_finally,
):  # fmt: skip
    print(function.__name__, end=": ")
    catch(function)

error = ValueError("manual")
error.__context__ = KeyError("c")
print(error.__suppress_context__, error.__cause__)
error.__cause__ = None
print(error.__suppress_context__)
error.__suppress_context__ = False
print(chain(error))
for attribute in ("__cause__", "__context__", "__traceback__"):
    try:
        setattr(error, attribute, 5)
    except TypeError as problem:
        print(problem)
