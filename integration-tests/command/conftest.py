"""A folder with programs for the command."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

INSPECT = """\
import sys
print(list(globals().items()))
print(sys.argv, sys.orig_argv[1:], sys.path[0], sys.executable)
print(sys.flags)
print(__name__, sys._getframe().f_back)
"""

FAIL = """\
def inner(x):
    raise KeyError(
        x)

def outer():
    print("before")
    return [inner(i) for i in range(3)]

outer()
"""

DEEP = """\
import sys

def depth(n=1):
    try:
        return depth(n + 1)
    except RecursionError:
        return n

print(depth(), sys.getrecursionlimit())

def forever():
    forever()

forever()
"""

LAST_WORDS = """\
import atexit, sys, threading

class Loud:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print("del", self.name, "__file__" in globals())

first, second = Loud("first"), Loud("second")
done = threading.Event()

def work():
    done.wait()
    print("thread ends")

threading.Thread(target=work).start()
atexit.register(lambda: print("atexit", "__file__" in globals()))
atexit.register(done.set)
threading._register_atexit(done.set)
print("main ends")
"""

STACK = """\
import inspect, sys, traceback, warnings

print(len(inspect.stack()), [frame.function for frame in inspect.stack()])
traceback.print_stack(file=sys.stdout)
warnings.warn("level 1")
warnings.warn("level 2", stacklevel=2)
warnings.warn("level 5", stacklevel=5)
try:
    sys._getframe(1)
except ValueError as error:
    print(error)
print(sys.exc_info(), hasattr(sys, "last_type"), hasattr(sys, "last_exc"))
print(sys.excepthook is sys.__excepthook__, sys.unraisablehook is sys.__unraisablehook__)
print([finder if isinstance(finder, type) else type(finder) for finder in sys.meta_path][:3])
events = []
sys.settrace(lambda *event: events.append((event[0].f_code.co_name, event[1])))
(lambda: 1)()
sys.settrace(None)
print(events)
"""


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with programs of every kind that the command takes."""
    folder = tmp_path_factory.mktemp("programs")
    texts = {
        "inspect_main.py": INSPECT,
        "fail.py": FAIL,
        "deep.py": DEEP,
        "last_words.py": LAST_WORDS,
        "stack.py": STACK,
        "syntax.py": "x = (1,\ny = 2\n",
        "return_outside.py": 'import sys\n"\\d"\nprint(1)\nreturn 3\n',
        "tabs.py": "if 1:\n\tx\n        y\n",
        "warns.py": '"""doc"""\nx = 1 is 1\nassert (x, "m")\ns = "\\d"\nprint(x, s)\n',
        "no_suffix": "#!/usr/bin/env tauraro\nprint('no suffix', __file__[-9:])\n",
        "first_line.py": "this is no python\nprint('second')\n1/0\n",
        "package/__init__.py": "print('package', __name__)\n",
        "package/__main__.py": INSPECT + "from . import sibling\nsibling.f()\n",
        "package/sibling.py": "def f():\n    return 1 / 0\n",
        "plain_folder/__main__.py": INSPECT + "import helper\n",
        "plain_folder/helper.py": "print('helper', __file__[-24:], __spec__.origin[-24:])\n",
        "no_main/other.py": "",
        "imports_bad.py": "import bad_syntax\n",
        "bad_syntax.py": "def f(:\n    pass\n",
        "imports_failing.py": "import failing\n",
        "failing.py": "import other_failing\n",
        "other_failing.py": "x = 1\nassert x == 2, 'no'\n",
        "imports_missing.py": "import there_is_no_such_module\n",
        "hook.py": "import sys\nsys.excepthook = lambda *a: print(a[0], a[2].tb_lineno)\n1/0\n",
        "bad_hook.py": "import sys\ndef h(*a): raise TypeError('x')\nsys.excepthook = h\n1/0\n",
        "no_hook.py": "import sys\ndel sys.excepthook\n1/0\n",
        "exit_hook.py": "import sys\nsys.excepthook = lambda *a: sys.exit(7)\n1/0\n",
        "chained.py": "try:\n  1/0\nexcept ZeroDivisionError as e:\n  raise ValueError(3) from e\n",
        "group.py": "E = ExceptionGroup\nraise E('g', [ValueError(1), E('h', [KeyError(2)])])\n",
        "interrupt.py": "print('x')\nraise KeyboardInterrupt\n",
        "kill.py": "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n",
        "sub_interrupt.py": "class K(KeyboardInterrupt): pass\nraise K\n",
        "closed_stdout.py": "import sys\nsys.stdout.close()\n",
        "future.py": (
            "from __future__ import annotations\ndef f(x: y): pass\nprint(f.__annotations__)\n"
        ),
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    raw = {
        "null.py": b"a = 1\0\n",
        "not_utf8.py": b'x = 1\ny = "\xff"\n',
        "latin.py": b'# -*- coding: latin-1 -*-\nprint("\xe9")\n',
        "bad_cookie.py": b"# coding: no-such-codec\n",
        "bom.py": b'\xef\xbb\xbfprint("bom")\n',
        "crlf.py": b'print("crlf")\r\nif 1:\r\n    x = """a\r\nb"""\r\nprint(repr(x))\r\n',
        "deep_nesting.py": b"x = " + b"(" * 300 + b")" * 300 + b"\n",
        "deep_sum.py": b"x = " + b"+".join([b"1"] * 20_000) + b"\nprint(x)\n",
        "empty.py": b"",
        "no_newline.py": b"print('no newline')",
        "form_feed.py": b"\x0cprint('ff')\n",
    }
    for name, data in raw.items():
        (folder / name).write_bytes(data)
    (folder / "link.py").symlink_to(folder / "plain_folder" / "helper.py")
    with zipfile.ZipFile(folder / "app.pyz", "w") as archive:
        archive.writestr("__main__.py", INSPECT + "import inside\ninside.f()\n")
        archive.writestr("inside.py", "def f():\n    print(__file__[-18:])\n    1/0\n")
    return folder
