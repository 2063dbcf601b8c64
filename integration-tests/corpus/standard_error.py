"""What goes to standard error without ending the program: warnings, unraisable errors, threads.

Writes to standard error.
"""

import sys
import threading
import warnings


class Broken:
    def __del__(self):
        raise ValueError("in a destructor")

    def __repr__(self):
        return "Broken()"


def unraisable():
    broken = Broken()
    del broken
    print("goes on")


sys.unraisablehook = lambda info: print("unraisable:", type(info.exc_value).__name__, info.exc_value, file=sys.stderr)
unraisable()
sys.unraisablehook = sys.__unraisablehook__
warnings.warn("a warning from the module")


def deprecated():
    warnings.warn("old function", DeprecationWarning, stacklevel=2)


deprecated()
print("literal" is "literal")


def failing_thread():
    raise KeyError("in a thread")


thread = threading.Thread(target=failing_thread, name="worker")
thread.start()
thread.join()
print("after the thread")
sys.excepthook(*sys.exc_info()) if sys.exc_info()[0] else print("nothing being handled")
try:
    1 / 0
except ZeroDivisionError:
    sys.excepthook(*sys.exc_info())
print("written", file=sys.stderr)
