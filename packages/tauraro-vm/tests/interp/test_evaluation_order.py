"""Each construct evaluates its parts, calls special methods and drops values in the host's order."""

from __future__ import annotations

import pytest
from interp.interp_running import assert_same

TRACER = """
log = []

class T:
    def __init__(self, name, value=None):
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "value", value)
    def log(self, *what):
        log.append((self.name, *what))
    def __getitem__(self, key):
        self.log("get", str(key))
        return T(self.name + "[]")
    def __setitem__(self, key, value):
        self.log("set", str(key), str(value))
    def __delitem__(self, key):
        self.log("del", str(key))
    def __getattr__(self, key):
        if key.startswith("__"):
            raise AttributeError(key)
        log.append((self.name, "getattr", key))
        return T(self.name + "." + key)
    def __setattr__(self, key, value):
        log.append((self.name, "setattr", key, str(value)))
    def __delattr__(self, key):
        self.log("delattr", key)
    def __add__(self, other):
        self.log("add", str(other))
        return T(self.name + "+")
    def __iadd__(self, other):
        self.log("iadd", str(other))
        return self
    def __lt__(self, other):
        self.log("lt", str(other))
        return T(self.name + "<" + other.name, self.value)
    def __bool__(self):
        self.log("bool")
        return bool(self.value)
    def __iter__(self):
        self.log("iter")
        return iter([T(self.name + "0", self.value), T(self.name + "1", self.value)])
    def keys(self):
        self.log("keys")
        return [self.name + "k"]
    def __call__(self, *args, **kwargs):
        self.log("call", [str(arg) for arg in args], sorted(kwargs))
        return T(self.name + "()", self.value)
    def __enter__(self):
        self.log("enter")
        return self
    def __exit__(self, *details):
        self.log("exit", details[0] and details[0].__name__)
        return self.value == "swallow"
    def __str__(self):
        return self.name
    __repr__ = __str__
    def __hash__(self):
        log.append((self.name, "hash"))
        return 1
    def __eq__(self, other):
        self.log("eq", str(other))
        return False
    def __del__(self):
        if self.value == "dropped":
            log.append((self.name, "dropped"))
    def __format__(self, spec):
        self.log("format", spec)
        return self.name

def t(name, value=None):
    log.append(("made", name))
    return T(name, value)
"""

CASES = [
    "t('a')[t('i')] += t('v')",
    "t('a').x += t('v')",
    "t('a', 1) < t('b', 1) < t('c', 1)",
    "t('a', 0) < t('b', 1) < t('c', 1)",
    "x = {t('k1'): t('v1'), **t('d'), t('k2'): t('v2'), t('k3'): t('v3')}",
    "t('f')(t('a'), *t('b'), t('c'), k=t('k'), **t('d'), j=t('j'))",
    "t('f')(k=t('k'), *t('b'))",
    "t('f')(*t('b'), **t('d'))",
    "t('f')(t('a'), **t('d'))",
    "x = [t('a'), *t('b'), t('c')]",
    "x = t('a'), *t('b'), t('c')",
    "x = {t('a'), *t('b'), t('c')}",
    "(y := t('a'))[y] = (y := t('b'))",
    "t('x')[t('i')], t('y').z, *q = t('v')[1], t('w'), t('u'), t('s')",
    "a = t('a').x = t('b')[t('i')] = t('v')",
    "del t('a')[t('i')], (t('b').x, t('c')[1:t('e')])",
    "assert t('a', 1), t('m')",
    "assert t('a', 0) and t('b') or t('c', 1), t('m')",
    "with t('a') as t('b').x, t('c') as (p, q): t('body')",
    "with t('a', 'swallow'): raise ValueError",
    "for t('a')[t('i')], z in [t('x'), t('y')]: log.append(str(z))",
    "x = [t('e') for i in t('it') for j in t('jt', 1) if t('c', 1) if j]",
    "x = [(i, j) for i in [1, 2] if (w := i) for j in [w, i]]",
    "x = {i.name: t('v') for i in t('it')}",
    "if t('a', 0) and t('b', 1) or t('c', 1): log.append('then')",
    "if not (t('a', 0) and t('b', 1)): log.append('then')",
    "if not (t('a', 0) or t('b', 1)): log.append('then')\nelse: log.append('else')",
    "x = (t('a', 0) and t('b', 1)) or t('c', 1)",
    "x = (t('a', 1) or t('b', 1)) or t('c', 1)",
    "x = (t('a', 0) or t('b', 0)) and t('c', 1)",
    "x = not (t('a', 0) and t('b', 1))",
    "while t('a', 0) < t('b') < t('c'): pass",
    "x = t('b') if t('a', 0) and t('c') else t('d')",
    "x = (t('a', 1) or t('z')) if t('q', 1) else t('d')",
    "x = f\"{t('a')!s:>{t('w')}} {t('b'):{t('c')}x}\"",
    "x = lambda a=t('d1'), *, b=t('d2'): a",
    "@t('dec1')\n@t('dec2').x\ndef f(a=t('d1'), *, k=t('d2')): pass",
    "@t('dec')\nclass A(object, metaclass=type): x = t('body')",
    "x = t('a', 'dropped') + t('b', 'dropped')",
    "x = t('a', 'dropped').y + t('b')",
    "x = t('f', 'dropped')(t('p', 'dropped'), k=t('q', 'dropped'))",
    "t('a')[t('i'):t('j')] += t('v')",
    "x = t('a')[t('i'):t('j'), t('k')]",
    "x: t('annotation') = t('value')",
    "t('o').x: t('annotation') = t('value')",
    "t('o').x: t('annotation')",
    "t('f')(t('a')).m(t('b'))",
    "def f():\n x, y = t('one', 'dropped'), t('two', 'dropped')\n log.append('end')\nf()",
    "match t('s'):\n case T(name='s', value=v) if t('g', 1): log.append(v)",
    "match [t('a'), t('b')]:\n case [x, T(name='c')] | [T(name='a'), x]: log.append(str(x))",
]


@pytest.mark.parametrize("statement", CASES)
def test_same_order_as_the_host(statement: str) -> None:
    body = "\n".join(" " + line for line in statement.split("\n"))
    program = f"{TRACER}\ntry:\n{body}\nexcept Exception as e: log.append(repr(e))\n"
    program += "print(type(locals().get('x')))\nfor entry in log: print(entry)\n"
    assert assert_same(program)
