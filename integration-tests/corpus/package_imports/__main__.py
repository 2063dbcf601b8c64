"""A folder run as a program: every form of import, from packages that lie beside it."""

import importlib
import sys

import toolbox
import toolbox.deep.leaf
import toolbox.deep.leaf as leaf_alias
from toolbox import *
from toolbox import deep, greet as say_hello
from toolbox.deep import (
    leaf,
    sibling,
)

print(toolbox.__name__, toolbox.__package__, toolbox.VERSION, toolbox.deep is deep)
print(leaf_alias is leaf is toolbox.deep.leaf, say_hello("Ann"), sibling.value)
print(exported, "_private" in globals(), "not_exported" in globals(), "deep" in globals())
print(leaf.relative(), leaf.chain())


def local_imports():
    import toolbox.lazy as lazy
    from toolbox.lazy import loaded_by, counter as c
    import toolbox.deep.leaf

    return lazy.__name__, loaded_by, c, sorted(locals())


print("toolbox.lazy" in sys.modules)
print(local_imports())
print("toolbox.lazy" in sys.modules)


class Body:
    import math as m
    from os.path import join

    root = m.sqrt(81)


print(Body.root, Body.join is Body.__dict__["join"])
module = importlib.import_module(".sibling", package="toolbox.deep")
print(module is sibling, importlib.import_module("toolbox").VERSION)

import toolbox.lazy

toolbox.lazy.counter += 5
print(toolbox.lazy.counter)
importlib.reload(toolbox.lazy)
print(toolbox.lazy.counter, toolbox.lazy.reloaded)
del sys.modules["toolbox.lazy"]
import toolbox.lazy as again

print(again.counter, again is toolbox.lazy)

import namespace_part
from namespace_part import member

print(namespace_part.__file__ if hasattr(namespace_part, "__file__") else None, member.name)
print(type(namespace_part.__path__).__name__, namespace_part.__spec__.origin)

import toolbox.cycle_a

print(toolbox.cycle_a.seen, toolbox.cycle_b.seen)

for statement in (
    "import no_such_module", "import toolbox.no_such", "from toolbox import no_such", "import toolbox.greet",
    "from toolbox.deep import *; nothing", "from . import something", "import toolbox.broken",
    "from toolbox import broken_syntax", "from toolbox.cycle_partial import late", "import toolbox.VERSION.x",
    "import math.pi", "from math import nope",
):  # fmt: skip
    try:
        exec(statement, {"__name__": "__main__", "__package__": None})
        print(statement, "works")
    except Exception as error:
        print(statement, "->", type(error).__name__, str(error).split(" (")[0], getattr(error, "name", ""))

print("toolbox.broken" in sys.modules, "toolbox.cycle_partial" in sys.modules)
print(toolbox.dynamic_attribute, toolbox.__all__)
try:
    toolbox.absent
except AttributeError as error:
    print(error)
from toolbox import computed

print(computed, dir(toolbox)[-1])
print(__name__, __package__ == "", __spec__.name, sys.argv[1:])


class Finder:
    """Makes modules named `made_*` out of nothing."""

    def find_spec(self, name, path, target=None):
        if name.startswith("made_"):
            return importlib.util.spec_from_loader(name, self)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.who = f"I am {module.__name__}"


import importlib.util

sys.meta_path.append(Finder())
import made_up
from made_again import who

print(made_up.who, who)
original, calls = __builtins__.__import__, []


def logging_import(name, globals=None, locals=None, fromlist=(), level=0):
    calls.append((name, tuple(fromlist or ()), level))
    return original(name, globals, locals, fromlist, level)


__builtins__.__import__ = logging_import
import os.path as p
import os.path, sys
from os import path, sep as s
from toolbox.deep import *

__builtins__.__import__ = original
print(calls)
