"""`with` when things go wrong: missing methods, failing enter and exit, several managers."""

import contextlib
import os
import traceback


class Logged:
    def __init__(self, name, fail_enter=False, fail_exit=False, suppress=False):
        self.name, self.fail_enter = name, fail_enter
        self.fail_exit, self.suppress = fail_exit, suppress

    def __enter__(self):
        print("  enter", self.name)
        if self.fail_enter:
            raise OSError(f"enter {self.name}")
        return self

    def __exit__(self, kind, value, tb):
        print("  exit", self.name, repr(value))
        if self.fail_exit:
            raise RuntimeError(f"exit {self.name}")
        return self.suppress


def attempt(*managers, body=lambda: None):
    try:
        with contextlib.ExitStack() as stack:
            for manager in managers:
                stack.enter_context(manager)
            body()
        print("completed")
    except Exception as error:
        print("stack:", repr(error), "context", repr(error.__context__))
    try:
        if len(managers) == 1:
            with managers[0]:
                body()
        else:
            with managers[0] as first, managers[1] as second:
                body()
        print("completed")
    except Exception as error:
        print("with: ", repr(error), "context", repr(error.__context__))


def fail():
    raise ValueError("body")


attempt(Logged("a", fail_enter=True))
attempt(Logged("a"), Logged("b", fail_enter=True))
attempt(Logged("a", suppress=True), Logged("b", fail_enter=True))
attempt(Logged("a", fail_exit=True), body=fail)
attempt(Logged("a", suppress=True), Logged("b", fail_exit=True), body=fail)
attempt(Logged("a", fail_exit=True), Logged("b", fail_exit=True))
attempt(Logged("a", fail_exit=True), Logged("b", suppress=True), body=fail)


class NoExit:
    def __enter__(self):
        print("never entered")


class NoEnter:
    def __exit__(self, *details):
        pass


class WrongSignature:
    def __enter__(self):
        return self

    def __exit__(self):
        pass


class NotCallable:
    __enter__ = 5
    __exit__ = None


class Descriptor:
    def __get__(self, instance, owner):
        print("looked up on", owner.__name__)
        return lambda *args: len(args)


class Described:
    __enter__ = Descriptor()
    __exit__ = Descriptor()


for thing in (NoExit(), NoEnter(), WrongSignature(), NotCallable(), 5, None, contextlib):
    try:
        with thing:
            pass
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, str(error).replace(str(contextlib), "module"))
with Described() as value:
    print("value", value)


def lines():
    with Logged("outer"):
        with Logged(
            "inner",
            fail_exit=True,
        ):
            fail()


try:
    lines()
except RuntimeError:
    print(traceback.format_exc().replace(__file__, os.path.basename(__file__)))


def enter_line():
    with Logged("first"), Logged(
        "second", fail_enter=True
    ) as target:
        pass


try:
    enter_line()
except OSError:
    print(traceback.format_exc().replace(__file__, os.path.basename(__file__)))


def generator_exit():
    with Logged("generator"):
        yield 1


g = generator_exit()
next(g)
g.close()


class Arguments:
    def __enter__(self):
        return self

    def __exit__(self, *details):
        self.details = details
        return True


with Arguments() as a:
    raise ValueError("checked")
kind, value, tb = a.details
print(kind is ValueError, value.args, tb.tb_frame.f_code.co_name, value.__traceback__ is tb)
with Arguments() as a:
    pass
print(a.details)
with Arguments() as a:
    raise KeyError
print(a.details[1].args)
with Arguments() as a:
    raise SystemExit(3)
print(repr(a.details[1]))
