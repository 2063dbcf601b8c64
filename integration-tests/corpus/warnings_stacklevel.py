"""warnings.warn: the line and module it blames at each stacklevel, filters, once per place."""

import os
import warnings

lines = {}


def blame(label, **kwargs):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        kwargs["call"]()
    for warning in caught:
        with open(warning.filename, encoding="utf-8") as stream:
            text = stream.read().splitlines()[warning.lineno - 1].strip()
        print(label, warning.category.__name__, os.path.basename(warning.filename), text)


def level1():
    warnings.warn("here", stacklevel=1)


def level2():
    warnings.warn("caller", DeprecationWarning, stacklevel=2)


def calls_level2():
    level2()  # blamed at level 2


def level3():
    warnings.warn("caller's caller", stacklevel=3)


def calls_level3():
    level3()


def calls_calls_level3():
    calls_level3()  # blamed at level 3


blame("1", call=level1)
blame("2", call=calls_level2)
blame("3", call=calls_calls_level3)


class Old:
    def __init__(self):
        warnings.warn("Old is deprecated", DeprecationWarning, stacklevel=2)

    @property
    def value(self):
        warnings.warn("value is deprecated", stacklevel=2)

    def __add__(self, other):
        warnings.warn("addition is deprecated", stacklevel=2)


def use_old():
    old = Old()
    old.value
    old + 1
    [old.value for _ in range(1)]
    (lambda: old.value)()


blame("old", call=use_old)


def generator():
    warnings.warn("in generator", stacklevel=2)
    yield


def consume():
    for _ in generator():
        pass


blame("generator", call=consume)


def multi_line():
    level2_with(
        1,
        2,
    )


def level2_with(*args):
    warnings.warn("multi line", stacklevel=2)


blame("multi line", call=multi_line)
blame("lambda", call=lambda: level2())

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("default")
    for _ in range(3):
        level1()
    for _ in range(2):
        level1()
print("default shows once for each place:", len(caught))

with warnings.catch_warnings():
    warnings.simplefilter("error")
    try:
        level1()
    except UserWarning as error:
        print("as an error:", error, error.__traceback__.tb_next.tb_frame.f_code.co_name)

with warnings.catch_warnings(record=True) as caught:
    warnings.filterwarnings("ignore", message="call.*")
    warnings.filterwarnings("always", category=UserWarning)
    level1()
    level2()
print([str(w.message) for w in caught])

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("ignore")
    warnings.filterwarnings("always", module="__main__")
    level1()
print("by module:", len(caught), caught[0].filename == __file__)

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    compile("'a' is 'a'\nassert (1, 'x')\n1()\n", "<source>", "exec")
    warnings.warn_explicit("explicit", UserWarning, "file.py", 7, module="m")
print([(w.category.__name__, w.lineno, os.path.basename(w.filename)) for w in caught])
print(sorted(name for name in globals() if name == "__warningregistry__"))
