"""Match: mapping patterns, rest captures, key kinds, protocol calls, and errors."""

import enum
from collections import ChainMap, OrderedDict, defaultdict
from collections.abc import Mapping
from types import MappingProxyType


class Key(enum.Enum):
    A = "a"


class Names:
    KEY = "dotted"


def describe(value):
    match value:
        case {"type": "circle", "radius": r}:
            return f"circle {r}"
        case {"type": "box", "size": [w, h], **rest} if not rest:
            return f"box {w} {h}"
        case {"type": "box", "size": [w, h], **rest}:
            return f"box {w} {h} and {rest}"
        case {1: one, -2: minus, 3.5: f, None: none, False: yes}:
            return f"many keys {one} {minus} {f} {none} {yes}"
        case {Key.A: a, Names.KEY: b}:
            return f"dotted keys {a} {b}"
        case {b"raw": raw, 2 + 1j: c}:
            return f"bytes and complex {raw} {c}"
        case {"nested": {"deep": [*_, {"x": x}]}}:
            return f"nested {x}"
        case {"a": _, **rest}:
            return f"has a, rest {rest}"
        case {}:
            return "some mapping"
        case _:
            return "not a mapping"


for value in (
    {"type": "circle", "radius": 3, "extra": 1},
    {"type": "box", "size": (1, 2)},
    {"type": "box", "size": (1, 2), "z": 0},
    {1: "one", -2: "m", 3.5: "f", None: "n", False: "no", "q": 0},
    {Key.A: 1, "dotted": 2},
    {b"raw": 1, 2 + 1j: 2},
    {"nested": {"deep": [0, 1, {"x": "found"}]}},
    {"a": 1, "b": 2},
    {"b": 1},
    {},
    [("a", 1)],
    OrderedDict(a=1, z=2),
    defaultdict(list),
    MappingProxyType({"a": 1}),
    ChainMap({"a": 1}, {"b": 2}),
):
    print(describe(value))

created = defaultdict(lambda: "made")
match created:
    case {"missing": x}:
        print("matched", x)
    case _:
        print("no default is made:", dict(created))


class Custom(Mapping):
    def __init__(self, **items):
        self.items_ = items

    def __getitem__(self, key):
        print("getitem", key)
        return self.items_[key]

    def __len__(self):
        print("len")
        return len(self.items_)

    def __iter__(self):
        print("iter")
        return iter(self.items_)

    def keys(self):
        print("keys")
        return self.items_.keys()

    def get(self, key, default=None):
        print("get", key)
        return self.items_.get(key, default)


match Custom(a=1, b=2, c=3):
    case {"a": 5}:
        print("not this")
    case {"a": 1, "b": b, **rest}:
        print("b", b, "rest", rest, type(rest).__name__)
match Custom():
    case {"a": _}:
        print("no")
    case {}:
        print("an empty pattern matches any mapping")


def duplicate(value, k1, k2):
    class K:
        one = k1
        two = k2

    match value:
        case {K.one: a, K.two: b}:
            return a, b


try:
    duplicate({"x": 1}, "x", "x")
except ValueError as error:
    print(error)
print(duplicate({"x": 1, "y": 2}, "x", "y"))
try:
    duplicate({"x": 1}, "x", [])
except TypeError as error:
    print(error)


def rest_is_a_copy():
    original = {"a": 1, "b": 2}
    match original:
        case {"a": _, **rest}:
            rest["c"] = 3
    return original, rest


print(rest_is_a_copy())


def alternatives(value):
    match value:
        case {"name": name} | {"label": name} | [name, *_]:
            return name
        case {"ref": {"name": str(name)}} as whole:
            return name, whole
        case {"n": int() | None as n}:
            return "n", n


print([alternatives(v) for v in ({"label": 1}, "ab", [5], {"ref": {"name": "r"}}, {"n": None})])


class Failing(dict):
    def get(self, *args):
        raise RuntimeError("get failed")


try:
    match Failing(a=1):
        case {"a": _}:
            print("dict subclasses use get")
except RuntimeError as error:
    print(error)


def value_patterns(event):
    match event:
        case {"kind": "key", "code": 13 | 10}:
            return "enter"
        case {"kind": "key", "code": code} if 48 <= code <= 57:
            return f"digit {chr(code)}"
        case {"kind": ("click" | "tap") as kind, "at": (x, y)}:
            return f"{kind} at {x},{y}"
        case {"kind": kind, **details}:
            return f"{kind} with {sorted(details)}"


for event in (
    {"kind": "key", "code": 10},
    {"kind": "key", "code": 50},
    {"kind": "tap", "at": [3, 4]},
    {"kind": "scroll", "by": 3, "at": 0},
):
    print(value_patterns(event))
