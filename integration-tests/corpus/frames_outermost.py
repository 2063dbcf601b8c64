"""Nothing lies below a program's own module frame: no loader and no machinery of the host."""

import inspect
import os
import sys
import traceback


def names():
    frame, found = sys._getframe(), []
    while frame is not None:
        found.append((frame.f_code.co_name, os.path.basename(frame.f_code.co_filename)))
        frame = frame.f_back
    return found


print(names())
print(sys._getframe().f_back)
print([info.function for info in inspect.stack(0)])
print([frame.name for frame in traceback.extract_stack()])
try:
    sys._getframe(1)
except ValueError as error:
    print(error)


def in_function():
    return [frame.name for frame in traceback.extract_stack()]


print(in_function())
