"""sys.exit with a number: finally blocks, atexit functions and destructors still run.

Exit status: 3
"""

import atexit
import sys


class Resource:
    def __del__(self):
        print("resource released")


@atexit.register
def goodbye():
    print("atexit, registered first, runs last")


atexit.register(print, "atexit with", "arguments", sep=" ")
resource = Resource()


def leave(code):
    try:
        sys.exit(code)
    finally:
        print("finally")


for code in (None, "text", 0, (1, 2)):
    try:
        leave(code)
    except SystemExit as error:
        print(repr(error.code), error.args)
print("leaving")
leave(3)
print("never")
