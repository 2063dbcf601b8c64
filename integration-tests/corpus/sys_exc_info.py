"""`sys.exc_info()` and `sys.exception()`: in handlers, nested, in functions, in generators."""

import sys


def info():
    kind, value, traceback = sys.exc_info()
    return None if kind is None else f"{kind.__name__}({value}) line+{traceback is not None}"


print(info(), sys.exception())
try:
    raise ValueError("a")
except ValueError:
    print(info(), repr(sys.exception()))
    try:
        print("in nested try:", info())
        raise KeyError("b")
    except KeyError:
        print("in nested handler:", info())
    print("after nested:", info())
print("after:", info())


def called_in_handler():
    print("callee sees:", info())
    try:
        raise IndexError("callee's own")
    except IndexError:
        print("callee's handler:", info())
    print("callee after:", info())


try:
    raise ValueError("caller's")
except ValueError:
    called_in_handler()
    print("caller still:", info())

try:
    try:
        raise ValueError("in finally")
    finally:
        print("finally sees:", info())
except ValueError:
    pass


def returning():
    try:
        raise ValueError("r")
    except ValueError:
        return info()


print(returning(), info())


def loop():
    for n in range(2):
        try:
            raise ValueError(n)
        except ValueError:
            print("loop:", info())
            continue
        finally:
            print("loop finally:", info())
    print("loop end:", info())


loop()


def generator():
    try:
        raise ValueError("gen")
    except ValueError:
        yield info()
        yield info()
    yield info()


g = generator()
print(next(g), "|", info())
try:
    raise KeyError("outside")
except KeyError:
    print(next(g), "|", info())
    print(next(g), "|", info())


class Manager:
    def __enter__(self):
        print("enter:", info())

    def __exit__(self, kind, value, traceback):
        print("exit:", info(), value is sys.exc_info()[1])
        return True


with Manager():
    raise ValueError("with")
print("after with:", info())
try:
    raise OSError("around with")
except OSError:
    with Manager():
        pass
    with Manager():
        raise ValueError("inside")
    print("after:", info())


def bare_raise_finds_it():
    def helper():
        raise

    try:
        raise ValueError("found by helper")
    except ValueError:
        try:
            helper()
        except ValueError as error:
            print("re-raised by helper:", error)


bare_raise_finds_it()


def reraise_after_inner():
    try:
        try:
            raise ValueError("outer")
        except ValueError:
            try:
                raise KeyError("inner")
            except KeyError:
                pass
            raise
    except Exception as error:
        print(repr(error))


reraise_after_inner()


async def coroutine():
    try:
        raise ValueError("coroutine")
    except ValueError:
        await Suspend()
        return info()


class Suspend:
    def __await__(self):
        yield


c = coroutine()
c.send(None)
print("suspended:", info())
try:
    raise KeyError("driver")
except KeyError:
    try:
        c.send(None)
    except StopIteration as stop:
        print(stop.value)
        print("in inner handler:", type(sys.exception()).__name__)
    print(info())

try:
    raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
except* ValueError:
    print("star:", info())
except* KeyError:
    print("star:", info())
print("end:", info())


def comprehension():
    try:
        raise ValueError("c")
    except ValueError:
        return [info() for _ in range(1)] + list(info() for _ in range(1))


print(comprehension())


class Destructor:
    def __del__(self):
        print("destructor:", info())


try:
    raise ValueError("while deleting")
except ValueError:
    d = Destructor()
    del d
print("cleared:", info())


def traceback_lines():
    try:
        called = 1
        raise ValueError
    except ValueError:
        traceback = sys.exc_info()[2]
        return traceback.tb_lineno - traceback.tb_frame.f_code.co_firstlineno, traceback.tb_next


print(traceback_lines())
