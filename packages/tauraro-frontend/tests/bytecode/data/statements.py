from __future__ import annotations
import os, os.path as path, collections.abc
import xml.dom.minidom as dom
from . import sibling
from .. import parent as p
from os import sep, linesep as line
from math import *
x: int
x = y = z = 1
x, (y, *z), [w] = (1, (2, 3, 4), [5])
(x.y), x[0], x[1:2] = 1, 2, 3
x += 1; x.y -= 2; x[0] *= 3; x[1:2] @= 4
x.y: str
x[0]: str = "t"
(x): int = 1
del x, (y, [z]), w.v, w[0]; del ()
assert x, "message"
assert (yes := y)
if x:
    pass
elif y:
    ...
else:
    "text"
while x:
    if y: break
    else: continue
else:
    raise
for i, (j, k) in {}.items():
    raise ValueError(i) from j
else:
    print(i)
for x.attribute in y: pass
try:
    x()
except (ValueError, TypeError) as error:
    raise error
except OSError:
    pass
except:
    pass
else:
    x
finally:
    y
try:
    pass
finally:
    for i in x:
        continue
try:
    pass
except* ValueError as group:
    pass
except* (TypeError, OSError):
    pass
with x: pass
with x as y, z() as (v, w), u: pass
with (x as y, z): pass
global g
g = 1
match x, y:
    case 1 | -2 | 3 + 4j | "a" "b" | None | True: pass
    case [1 | 2 as q, *rest, {"a": (3 | 4), **more}]: pass
    case {1: _, x.y: w}: pass
    case str(first) | Point(x=first, y=0): pass
    case [a, b] | (b, a) if a == b: pass
    case [*_]: pass
    case (None as aa) | aa: pass
    case x.y.z: pass
    case _: pass
