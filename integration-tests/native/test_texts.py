"""New strings: what the program does is the host's, also where things are not as they were,
and where somebody counts references."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import MODES, run_host, run_program

pytestmark = pytest.mark.sampled

PROGRAMS = {
    "strings": r"""
import sys
class S(str):
    def __add__(self, other): return "S" + str.__add__(self, other)
    def strip(self): return "stripped"
def build(n, pieces):
    out = ""
    keep = []
    for k in range(n):
        for p in pieces:
            out += p
        if k % 10 == 0:
            same = out
            out += "!"
            keep.append(same)
            keep.append(out)
        if k % 17 == 3:
            out = out[-20:]
    return out, [len(x) for x in keep], keep[-3:]
def alias(n):
    a = b = ""
    log = {}
    for k in range(n):
        a += "x"
        if k % 5 == 0:
            b = a
        log[a] = k
        if len(a) > 30:
            a = b
    return a, b, len(log)
def inner(text):
    s = ""
    for ch in text:
        if ch == '"': s += "\\" + ch
        else: s += ch
    return s
def nested(n):
    total = 0
    last = ""
    for k in range(n):
        t = inner('ab"c' + str(k))
        last = t
        total += len(t)
    return total, last
def formats(n):
    parts = []
    for k in range(n):
        parts.append(f"{k}:{k * 0.25}:{k:04d}|{k / 7:.3f}|{'ab'}|{chr(97 + k % 26)}")
        parts.append(f"{k % 3 == 0 and 'z' or 'y':>3}")
    return ";".join(parts)[-120:], len(parts)
def methods(words):
    r = []
    n = 0
    for k in range(4):
        for w in words:
            u = w.upper().strip().lower()
            if w.startswith("a") or w.endswith("\u03b2"): n += 1
            n += w.find("o") + w.count("l") + w.rfind("l", 1)
            if "ll" in w: n += 100
            if w > "m": n += 1000
            if w <= "hello": n += 7
            if w.isalpha(): n += 3
            r.append(w.replace("l", "LL", 1) + u.title() + w[1:3] + w[::-1] + w[-2:] + w[:-1] * 2)
            for part in w.split("l"):
                n += len(part)
            head, mid, tail = w.partition("e")
            n += len(head) * 2 + len(tail)
    return n, r[-6:], len("".join(r))
def numbers(texts):
    t = 0; f = 0.0
    for r in range(3):
        for x in texts:
            try:
                t += int(x)
            except ValueError as e:
                print(e)
            f += float(x.replace("x", "1"))
    return t, f
def chars(text):
    seen = {}
    out = []
    for ch in text:
        word = ch + ch
        seen[word] = seen.get(word, 0) + 1
        out.append(ch)
    return sorted(seen.items())[:3], "".join(out) == text
def sub(n):
    s = ""
    for k in range(n):
        if k == n - 5: s = S(s)
        s += "a"
    return s, type(s)
def refs():
    text = "abc" * 10; w = "spam eggs"
    for k in range(300):
        q = text + w
        q += w
        z = q[2:9]
        l = w.split(" ")
        e = "".join(l)
    del k
    return q[-4:], z, l, e
def loop_global():
    global G
    G = ""
    for k in range(200):
        G += str(k)
    return len(G)
print(build(120, ["a", "bc", "\u20ac", "d" * 9]))
print(alias(200)); print(nested(150)); print(formats(130))
print(methods([
    "hello", "world", "a", "", "\u03b1\u03b2", "zoo", "lll", "\U0001f40d el", "caf\u00e9"
]))
print(numbers(["1", "22", " 7 ", "-5", "1x", "99999999999999999999999", "3"]))
print(chars("h\u00e9llo \u20ac \U0001f40d \ud800" * 20))
print(sub(90))
print(refs())
print(loop_global())
s = ""
for k in range(300):
    s += f"{k},"
    if k == 250: t = s
print(len(s), len(t), s[:20])
def bad(n):
    s = ""
    for k in range(n):
        s += "ab"
        if k == n - 2:
            s.index("q")
    return s
try: bad(60)
except ValueError as e: print(e, e.__traceback__.tb_next.tb_lineno)
def types(n):
    s = "q"
    try:
        for k in range(n):
            s += "a" if k < n - 3 else 5
    except TypeError as e: print(e)
    return s
print(types(70))
def counted(text, w):
    for k in range(120):
        q = text + w
        q += w
        z = q[2:9]
        l = w.split(" ")
        e = "".join(l)
    return q
def count_all():
    text, w = "".join(["abc"] * 10), "spam eggs".replace("q", "x")
    counts = []
    for k in range(8):
        counted(text, w)
        counts.append((sys.getrefcount(text), sys.getrefcount(w)))
    return counts[-1] == counts[-2], counts[-1][0]
print(count_all())
""",
}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_host_does_the_same(name: str, mode: str, tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAMS[name])
    host = run_host(program)
    run = run_program(program, *MODES[mode])
    assert (run.output, run.errors, run.status) == (host.output, host.errors, host.status)
    assert host.status == 0
    assert run.native > 0
