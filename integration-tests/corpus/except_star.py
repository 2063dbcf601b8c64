"""`except*`: splitting, naked exceptions, re-raising, nesting, and what the handlers see."""


def group(*errors, message="g"):
    return ExceptionGroup(message, list(errors))


def show(error, indent=0):
    if isinstance(error, BaseExceptionGroup):
        print("  " * indent + f"{type(error).__name__} {error.message}")
        for child in error.exceptions:
            show(child, indent + 1)
    else:
        print("  " * indent + repr(error))


def split(error):
    try:
        try:
            raise error
        except* ValueError as caught:
            print("values:")
            show(caught, 1)
        except* (KeyError, IndexError) as caught:
            print("lookups:")
            show(caught, 1)
        else:
            print("else")
        finally:
            print("finally")
    except BaseException as rest:
        print("left over:")
        show(rest, 1)
    print("--")


split(group(ValueError(1)))
split(group(ValueError(1), KeyError(2), ValueError(3), OSError(4)))
split(group(group(ValueError(1), OSError(2), message="inner"), IndexError(3)))
split(ValueError("naked"))
split(OSError("naked and not matched"))
split(BaseExceptionGroup("base", [ValueError(1), KeyboardInterrupt()]))


def no_exception():
    try:
        pass
    except* ValueError:
        print("never")
    else:
        print("else runs")
    finally:
        print("finally runs")


no_exception()


def handler_raises(new):
    try:
        try:
            raise group(ValueError(1), KeyError(2), OSError(3))
        except* ValueError as caught:
            raise new
        except* KeyError:
            print("still handled")
    except BaseException as error:
        show(error)
        for child in error.exceptions:
            print(repr(child), "context:", type(child.__context__).__name__)


handler_raises(RuntimeError("from the handler"))


def reraise():
    try:
        try:
            raise group(ValueError(1), TypeError(2), group(TypeError(3), ValueError(4)))
        except* ValueError as caught:
            raise
        except* TypeError as caught:
            print("types:", len(caught.exceptions))
    except ExceptionGroup as error:
        show(error)


reraise()


def reraise_both():
    try:
        try:
            raise group(ValueError(1), TypeError(2))
        except* ValueError:
            raise
        except* TypeError:
            raise
    except ExceptionGroup as error:
        show(error)


reraise_both()


def from_cause():
    try:
        try:
            raise group(ValueError(1))
        except* ValueError as caught:
            raise KeyError("new") from caught
    except BaseException as error:
        show(error)
        inner = error.exceptions[0] if isinstance(error, BaseExceptionGroup) else error
        print(type(inner.__cause__).__name__)


from_cause()


def name_is_unbound():
    try:
        raise group(ValueError())
    except* ValueError as caught:
        pass
    try:
        caught
    except UnboundLocalError as error:
        print(error)


name_is_unbound()


def in_loop():
    log = []
    for error in (ValueError(1), group(KeyError(2)), None):
        try:
            if error:
                raise error
            log.append("no error")
        except* ValueError:
            log.append("value")
        except* KeyError:
            log.append("key")
        for _ in range(1):
            log.append("next")
    return log


print(in_loop())


def nested_try():
    try:
        raise group(ValueError(1), KeyError(2))
    except* ValueError as outer:
        try:
            raise group(ValueError("inner"))
        except* ValueError as inner:
            print("inner context:", type(inner.__context__).__name__)
        import sys

        print("exc_info is the part:", sys.exc_info()[1] is outer, len(outer.exceptions))
    except* KeyError:
        print("key handled too")


nested_try()


def sequence_evaluated():
    def kind(cls):
        print("evaluate", cls.__name__)
        return cls

    try:
        raise group(ValueError())
    except* kind(ValueError):
        print("handled")
    except* kind(KeyError):
        print("never: nothing left")


sequence_evaluated()

for bad in (5, ExceptionGroup, (ValueError, BaseExceptionGroup)):
    try:
        try:
            raise ValueError
        except* bad:
            pass
    except TypeError as error:
        print(error)


class Derived(ExceptionGroup):
    def derive(self, errors):
        return Derived(self.message, errors)


try:
    try:
        raise Derived("mine", [ValueError(1), KeyError(2)])
    except* ValueError as caught:
        print(type(caught).__name__)
except ExceptionGroup as rest:
    print(type(rest).__name__, rest.exceptions)

try:
    try:
        raise group(ValueError("a"), message="with note")
    except* ValueError as caught:
        caught.add_note("a note")
        raise
except ExceptionGroup as error:
    print(getattr(error, "__notes__", "no notes"), error.exceptions[0].__traceback__ is None)


def function_in_handler():
    results = []
    try:
        raise group(ValueError(1), ValueError(2))
    except* ValueError as caught:
        results = [(lambda e=e: str(e))() for e in caught.exceptions]
        with_closure = lambda: len(caught.exceptions)
        results.append(with_closure())
    return results


print(function_in_handler())
