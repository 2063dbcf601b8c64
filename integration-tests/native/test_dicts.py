"""Dicts, sets and strings in native loops: what the program does is the host's, also where keys
have their own methods, where other threads change a dict, and where somebody counts references."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import run_host, run_program

pytestmark = pytest.mark.sampled

PROGRAMS = {
    "types of their own": """
from collections import Counter, defaultdict
class Default(dict):
    def __missing__(self, key):
        self[key] = key * 2
        return key * 2
def main():
    table, zeros, counts = Default({0: 1}), defaultdict(int), Counter()
    plain = {}
    for k in range(400):
        table[k % 5] += 1
        zeros[k % 7] += k
        counts[k % 3] += 1
    for k in range(400):
        plain[k % 9] = plain.get(k % 9, 0) + k
    print(sorted(table.items()), sorted(zeros.items()), sorted(counts.items()), plain)
main()
""",
    "changes while iterating": """
def main():
    table = {k: k for k in range(5)}
    try:
        for k in table:
            for j in range(50):
                table[k] = j
            if k == 3: table[100] = 1
    except RuntimeError as error:
        print(error)
    seen = {1, 2}
    try:
        for k in seen:
            for j in range(50):
                seen.add(j)
    except RuntimeError as error:
        print(error)
    print(table, sorted(seen))
main()
""",
    "namespaces": """
class C: pass
x = 0
def own():
    names = globals()
    s = 0
    for k in range(300):
        names["x"] = k
        s += x
    return s, x
def attributes():
    c = C()
    c.n = 0
    d = vars(c)
    s = 0
    for k in range(300):
        d["n"] = k
        s += c.n
        c.n += 1
        s += d["n"]
    return s
def borrowed(names):
    s = 0
    for k in range(300):
        names["x"] = names.get("x", 0) + 1
        s += x
    return s
print(own(), attributes(), borrowed({}), borrowed(globals()))
""",
    "keys with methods": """
calls = [0, 0]
class Key:
    def __init__(self, n): self.n = n
    def __hash__(self):
        calls[0] += 1
        return self.n
    def __eq__(self, other):
        calls[1] += 1
        return other == self.n
class Text(str):
    __hash__ = str.__hash__
    def __eq__(self, other):
        calls[1] += 1
        return str.__eq__(self, other)
def main():
    seen = {Key(3), Key(5), 7}
    table = {Key(3): 1, 2: 5}
    texts = {Text("a"): 1, "b": 2}
    s = 0
    for k in range(400):
        if k % 10 in seen: s += k
        if k == 8: seen.add(Key(9))
        seen.add(k % 20 + 20)
    print(s, calls, len(seen))
    for k in range(400):
        s += table.get(k % 6, 2)
        table[k % 4] = s
    print(s, calls, len(table))
    for word in ["a", "b", Text("b"), "".join("ab")] * 50:
        s += texts.get(word, 3)
    print(s, calls)
main()
""",
    "references": """
import sys
def count(words, counts, r):
    for w in words:
        counts[w] = counts.get(w, 0) + r
def letters(text, found):
    last = None
    for ch in text:
        found[ch] = found.get(ch, 0) + 1
        last = ch
    return last
def main():
    words = ["w%d" % k for k in range(50)]
    counts, found, text, many = {}, {}, "abc" * 200, 10**20
    before = [sys.getrefcount(w) for w in words]
    for r in range(40):
        count(words, counts, r)
        letters(text, found)
    print([sys.getrefcount(w) - n for w, n in zip(words, before)] == [1] * 50, counts["w7"], found)
    held = [sys.getrefcount(each) for each in (counts, found, text, many)]
    for r in range(40):
        count(words, counts, many)
        letters(text, found)
    print(held == [sys.getrefcount(each) for each in (counts, found, text)] + [held[3]], found)
    print(counts["w3"], sys.getrefcount(counts["w3"]))
main()
""",
    "ends": """
def main():
    log = []
    class End:
        def __init__(self, n): self.n = n
        def __del__(self): log.append(self.n)
    tables = [{"a": 1, "e": End(k)} for k in range(40)]
    while tables:
        table = tables.pop()
        s = 0
        for k in range(30):
            s += table["a"]
        if len(tables) % 10 == 0: log.append("here")
    table = None
    print(log)
    a, b = {"n": 1, "v": End("a")}, {"n": 2, "v": End("b")}
    spare = [a, b]
    for k in range(300):
        s += a["n"]
        if k == 200:
            spare.clear()
            a = b
            log.append("swapped")
    values = {k: k for k in range(4)}
    for k in range(300):
        if k == 100: values[2] = End("value")
        values[k % 4] = k
    print(s, log[-8:], values)
main()
""",
    "threads": """
import sys, threading
def main():
    sys.setswitchinterval(0.0005)
    d = {k: 0 for k in range(10)}
    started, stop = threading.Event(), []
    def other():
        n = 1000
        while not stop:
            d[n] = n
            n += 1
            if n > 1500:
                for k in range(1000, n): d.pop(k, None)
                n = 1000
            started.set()
    thread = threading.Thread(target=other)
    thread.start()
    started.wait()
    for k in range(60000):
        d[k % 10] += 1
    stop.append(1)
    thread.join()
    print([d[k] for k in range(10)])
main()
""",
    "errors": """
def main():
    d = {k: k for k in range(200)}
    text = "x" * 300
    s = 0
    try:
        for k in range(300): s += d[k]
    except KeyError as error:
        print(repr(error), s, k)
    try:
        for k in range(400):
            if text[k] == "y": s += 1
    except IndexError as error:
        print(error, k)
    try:
        for c in "1234567890" * 20 + "z":
            s += int(c)
    except ValueError as error:
        print(error, s)
    try:
        for k in range(300): s += ord(text[k:k + 2][:1 + (k == 250)])
    except TypeError as error:
        print(error, s)
    try:
        for k in range(300):
            d[k if k < 290 else [k]] = k
    except TypeError as error:
        print(error, len(d))
main()
""",
}

OPTIONS = [[], ["--jit-stress=exits"]]


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("options", OPTIONS, ids=["plain", "forced exits"])
def test_the_host_does_the_same(name: str, options: list[str], tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAMS[name])
    host = run_host(program)
    run = run_program(program, "--jit-threshold=1", "--jit-sync", *options)
    assert (run.output, run.errors, run.status) == (host.output, host.errors, host.status)
    assert host.status == 0
    assert run.native > 0
