"""A program's own `sys.excepthook` gets the uncaught exception.

Exit status: 1
"""

import sys


def hook(kind, value, traceback):
    names = []
    while traceback:
        names.append(traceback.tb_frame.f_code.co_name)
        traceback = traceback.tb_next
    print("hook:", kind.__name__, value, names)


sys.excepthook = hook


def inner():
    raise LookupError("nobody catches this")


def outer():
    inner()


outer()
