"""logging finds the caller's function and line; also its stack level and exception texts."""

import io
import logging
import os

stream = io.StringIO()
handler = logging.StreamHandler(stream)
handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(module)s %(funcName)s:%(lineno)d %(message)s"))
logger = logging.getLogger("app.part")
logger.addHandler(handler)
logger.setLevel(logging.DEBUG)
logger.propagate = False


def first_line(function):
    return function.__code__.co_firstlineno


def show(function):
    text = stream.getvalue().replace(__file__, os.path.basename(__file__))
    stream.seek(0)
    stream.truncate()
    print(text, end="")


def plain():
    logger.info("hello %s", "world")


def helper(message):
    logger.warning(message, stacklevel=2)


def uses_helper():
    helper("blames the caller")


class Service:
    def run(self):
        logger.debug("in a method")
        [logger.debug("in a comprehension %d", i) for i in range(1)]
        (lambda: logger.debug("in a lambda"))()


def failing():
    try:
        {}["missing"]
    except KeyError:
        logger.exception("it failed")


def with_stack():
    logger.error("with stack", extra={"x": 1})


for function in (plain, uses_helper, Service().run, failing, with_stack):
    function()
    show(function)
logger.info("module level")
show(None)
print(logger.findCaller()[2], logger.findCaller()[1])
