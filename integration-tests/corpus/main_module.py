"""What a script finds around it: arguments, `__main__`, its path entry, flags, standard streams.

Arguments: one "two words" --option=3 -x --
"""

import __main__
import os
import sys

print(sys.argv[1:], os.path.basename(sys.argv[0]))
print(__name__, __main__.__name__, __main__.__dict__ is globals(), sys.modules["__main__"] is __main__)
print(os.path.basename(__file__), __package__, __spec__, __cached__ if "__cached__" in globals() else None)
print(os.path.basename(sys.path[0]) == os.path.basename(os.path.dirname(os.path.abspath(__file__))))
print(type(__loader__).__name__ if __loader__ is not None else None)
print(sys.stdin.read(), sys.stdin.isatty(), sys.stdout.encoding.lower(), sys.stdout.errors)
print(sys.flags.optimize, sys.flags.interactive, sys.flags.ignore_environment, sys.flags.no_site)
print(sorted(name for name in globals() if name.startswith("__")))
print(__builtins__ is sys.modules["builtins"], __doc__.splitlines()[0])
print(sys.getrecursionlimit(), sys.dont_write_bytecode, os.path.basename(os.getcwd()) != "")
print([name for name in sys.modules if name.startswith("not_imported")])
late = __main__.late = 5
print(__main__.late, vars(__main__)["late"])


def from_main():
    from __main__ import late

    return late


print(from_main())
sys.stdout.write("written\n")
sys.stdout.flush()
print("to standard output", file=sys.__stdout__)
os.write(1, b"") or print("end without a newline", end="")
