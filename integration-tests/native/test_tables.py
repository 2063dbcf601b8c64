"""Dicts, sets, deques and heaps: what the program does is the host's, also where things are not as
they were, and where somebody counts references."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("tauraro_jit", reason="the native tier is not installed in this environment")

sys.path.insert(0, str(Path(__file__).parent))

from programs import MODES, run_host, run_program

pytestmark = pytest.mark.sampled

PROGRAMS = {
    "going through": """
def main():
    d = {k * 3: k * 0.5 for k in range(300)}
    for k in range(0, 300, 7): d.pop(k, None)
    w = {f"w{k}": k for k in range(40)}
    g = {k: [k, k + 1] for k in range(30)}
    s = set(range(0, 500, 3)); s -= set(range(0, 90, 9))
    ws = {f"x{k}" for k in range(50)}
    t = 0; f = 0.0; n = 0
    for r in range(30):
        for k in d: t += k
        for v in d.values(): f += v
        for k, v in d.items(): t += k; f -= v * r
        for k, v in w.items():
            if k == "w7": t += v
        for k, (a, b) in g.items():
            t += a * b - k
            for x in s:
                if x > 5: break
                t += x
        for x in s: t += x
        for x in ws: n += len(x)
        for i, x in enumerate(w): t += i * len(x)
        for (a, b), c in zip(d.items(), s): t += a * c
    print(t, f, n)
    e = {}
    for k in range(50):
        e[k] = 0
        m = 0
        for q, v in e.items():
            m += q
            e[q] = v + 1
        t += m
    print(t, e)
    for name in ("add", "both", "pop"):
        d = {k: k for k in range(100)}
        try:
            for k in d:
                t += k
                if k == 60:
                    if name == "add": d[1000] = 1
                    elif name == "pop": del d[3]
                    else:
                        del d[99]; d[1001] = 5
        except RuntimeError as error:
            print(name, error)
        print(t, list(d)[-2:])
    s = set(range(100))
    try:
        for k in s:
            t += k
            if k == 60: s.add(2000)
    except RuntimeError as error:
        print(error)
    print(t)
    class D(dict): pass
    d = D((k, k) for k in range(100))
    for r in range(5):
        for k in d: t += k
    fs = frozenset(range(100))
    for r in range(5):
        for k in fs: t += k
    print(t)
    mixed = {1: 2, "a": 3, 2.5: "x", (1, 2): None}
    for r in range(20):
        for k, v in mixed.items():
            if k == "a": t += v
            if v is None: t += 1
    it = iter({k: k for k in range(50)}.items())
    for k, v in it:
        t += k
        if k == 20: break
    print(t, list(it)[:3], it.__length_hint__())
main()
x = 0
def names():
    global x
    s = 0
    for r in range(5):
        for k, v in globals().items():
            x += 1
            if k == "x": s += v
    return s
print(names())
""",
    "keys and values": """
import sys
def step(cells):
    counts = {}
    for x, y in cells:
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                if dx or dy:
                    place = (x + dx, y + dy)
                    counts[place] = counts.get(place, 0) + 1
    following = set()
    for place, n in counts.items():
        if n == 3 or (n == 2 and place in cells):
            following.add(place)
    return following
def groups(n):
    out = []
    for r in range(4):
        g = {}
        for k in range(n):
            key = k % 7
            if key not in g:
                g[key] = []
            g[key].append(k)
        h = {}
        for k in range(n):
            h.setdefault(k % 5, []).append(k)
            h.setdefault("t", []).append(r)
        t = 0
        for key, values in g.items():
            t += key * sum(values) + len(values)
        sizes = {k: len(v) for k, v in h.items()}
        out.append((t, len(h), h["t"][:2], sizes))
    return out
def algebra(n):
    t = 0
    for k in range(n):
        a = set(); b = {1, 2, k}
        for j in range(k % 9): a.add(j); b.add(j * 2)
        c = a & b; d = a | b; e = a - b; f = a ^ b
        t += len(c) + 10 * len(d) + 100 * len(e) + 1000 * len(f)
        t += len(a.union(b)) + len(set([k, k]))
        if a and not c: t += 5
        b.discard(k); b.discard(1000)
        for x in b: t += x
    return t
def removal(n):
    d = {}; t = 0
    for k in range(n):
        d[k % 13] = k
        if k % 3 == 0 and (k % 13) in d:
            t += d.pop(k % 13)
        if len(d) > 9:
            del d[k % 13]
        if k % 11 == 5:
            try: del d[1000]
            except KeyError as e: t += e.args[0]
    w = {}
    last = ""
    for k in range(n):
        s = "w" + str(k % 6)
        w[s] = [k, s]
        for q in w: last = q
        if len(w) > 4:
            z = w.pop(last)
            t += z[0] + len(z[1])
            t += len(last)
    return t, list(d.items()), list(w.items()), last
def table(n):
    grid = {}
    for x in range(n):
        for y in range(n):
            grid[(x, y)] = grid.get((x - 1, y), 1) + grid.get((x, y - 1), 1) % 1000
            grid[x, "s", y] = x
    return len(grid), grid[(n - 1, n - 1)], grid.get((1, 2, 3)), (True, 1) in grid, (1.0, 1) in grid
def objects(n):
    names = {}; nothing = {}
    for k in range(n):
        names[k % 10] = "n" + str(k)
        nothing[k % 4] = None
        nothing[str(k % 3)] = (k, k + 1)
    d = {"a": 1, "b": 2}
    for k in range(n):
        e = dict(d); e["c"] = k; f = {"x": k, "y": 0.5}
        f["x"] += 1; f["y"] *= 2; d["a"] = e["c"] + f["x"]
        g = {1: "p", 2: "q"}
        g[3] = g[1]
    return names, nothing, d, e, f, g
class K:
    log = []
    def __init__(self, n): self.n = n
    def __hash__(self): K.log.append(("h", self.n)); return hash((self.n, self.n))
    def __eq__(self, other): K.log.append(("e", self.n)); return False
    def __del__(self): K.log.append(("d", self.n))
def foreign(n):
    d = {K(3): 5, (4, 4): 1}; s = {K(5), (6, 6)}; t = 0
    v = {}
    for k in range(n):
        j = k % 9
        t += d.get((j, j), 0)
        if (j, j) in s: t += 100
        v[j] = [K(k)] if k < 3 else [k]
    u = {1: K(77)}
    for k in range(n):
        u[k % 5 + 1] = [k]
    return t, K.log, sorted(v.items())[:2], u
def nested():
    big = {}
    for r in range(300):
        d = {}
        for k in range(40):
            d[k] = {"v": k}
            d[k]["v"] += r
        big[r % 3] = d
    return sorted((k, len(v), v[7]["v"]) for k, v in big.items())
def refs(n):
    key = (1, 2); txt = "".join(["a", "b"]); val = [1]
    a = [sys.getrefcount(o) for o in (key, txt, val)]
    for k in range(n):
        d = {}
        d[key] = val; d[txt] = val; d[k] = txt
        s = set(); s.add(key); s.add(txt)
        d[key] = txt
        z = d.pop(txt)
        e = dict(d)
    d = s = z = e = None
    return [sys.getrefcount(o) - b for o, b in zip((key, txt, val), a)]
cells = {(x, y) for x in range(20) for y in range(20) if (x * x + y * 3) % 5 < 2}
for r in range(12): cells = step(cells)
print(sorted(cells)[:9], len(cells))
print(groups(100)); print(algebra(90)); print(removal(150)); print(table(25)); print(objects(80))
print(foreign(60)); print(nested()); print(refs(120))
""",
    "heaps": """
import heapq
from heapq import heappush, heappop
import sys
def ints(n):
    h = []; s = 7; out = []
    for k in range(n):
        s = s * 48271 % 2147483647
        heappush(h, s % 1000)
        if k % 3 == 2:
            x = heappop(h)
            out.append(x)
    while h:
        out.append(heapq.heappop(h))
    return out
def tuples(n):
    h = [(5, 1)]; s = 11; t = 0
    for k in range(n):
        s = s * 48271 % 2147483647
        heapq.heappush(h, (s % 17, k))
        heapq.heappush(h, (s % 17 + 0.5, k, "x"))
        if k % 2:
            d, *rest = heapq.heappop(h)
            t += d
        if k % 5 == 0:
            p = heapq.heappop(h)
            t += p[0] * p[1] + len(h) + h[0][1]
    return t, h[:3], len(h)
def dijkstra(n):
    best = [10**9] * (n * n); best[0] = 0; heap = [(0, 0)]; pops = 0
    while heap:
        distance, cell = heapq.heappop(heap); pops += 1
        if distance > best[cell]: continue
        x = cell % n; y = cell // n
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            nx = x + dx; ny = y + dy
            if 0 <= nx < n and 0 <= ny < n:
                other = ny * n + nx
                longer = distance + (other * 7919 + 3) % 97 + 1
                if longer < best[other]:
                    best[other] = longer
                    heapq.heappush(heap, (longer, other))
    return best[-1], pops
def words(n):
    h = []; out = []
    for k in range(n):
        heappush(h, f"w{k * 7919 % 101}")
    for k in range(n - 3):
        w = heappop(h)
        out.append(w)
    return out[:5], out[-5:], h
class Key:
    calls = 0
    def __init__(self, n): self.n = n
    def __lt__(self, other): Key.calls += 1; return self.n < other.n
    def __eq__(self, other): Key.calls += 100; return self.n == other.n
    def __repr__(self): return f"K{self.n}"
def foreign(n):
    h = []; out = []
    for k in range(n):
        heappush(h, (k * 7 % 5, Key(k % 9)))
    for k in range(n):
        out.append(heappop(h))
    g = [1, 2.5, 3]
    for k in range(n):
        heappush(g, k * 0.5)
        heappush(g, k % 4)
        if k == n - 2: heappush(g, 2**80); heappush(g, -(2**70)); heappush(g, True)
    try:
        for k in range(n):
            heappush(g, k)
            if k == n - 4: heappush(g, "a")
    except TypeError as e: print(e)
    try:
        while True: heappop(g)
    except IndexError as e: print(e)
    except TypeError as e: print(e)
    return out[:6], Key.calls, len(g), g[:5]
def refs(n):
    a = (1, "x" * 3); h = []; r = sys.getrefcount(a)
    for k in range(n):
        heappush(h, a); heappush(h, (0, "y"))
        x = heappop(h); x = heappop(h)
    x = None
    return sys.getrefcount(a) - r
def alias(n):
    h = [3, 5, 4]; g = h; t = 0
    for k in range(n):
        heappush(h, k % 7)
        t += heappop(g) + h[0] * len(h) + g[1]
        if k % 4 == 0: h.append(k % 3)
    return t, h[:9]
print(ints(200)[:20])
print(tuples(150))
print(dijkstra(12))
print(words(90))
print(foreign(60))
print(refs(100))
print(alias(90))
""",
    "deques": """
from collections import deque
import sys
def bfs(graph, start):
    seen = {start}; queue = deque([start]); total = 0
    while queue:
        node = queue.popleft()
        total += node
        for other in graph[node]:
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return len(seen), total
def pairs(n):
    q = deque(); t = 0
    q.append((0, 0))
    for k in range(n):
        q.append((k, k + 1))
        q.appendleft((k, -k))
        a, b = q.pop()
        t += a * b
        if k % 3 == 0:
            x, y = q.popleft()
            t += x - y + len(q)
        if q: t += q[0][0] + q[-1][1]
    return t, len(q), list(q)[:3]
def texts(n):
    q = deque(["a"]); out = []
    for k in range(n):
        q.append("w" + str(k))
        if len(q) > 5:
            w = q.popleft()
            out.append(w)
    return out[-3:], list(q)
def bounded(n):
    q = deque(maxlen=4); f = deque([1.5]); t = 0
    for k in range(n):
        q.append(k)
        f.append(k * 0.5)
        t += f.popleft() + q[-1]
    return t, q, f
def empty(n):
    q = deque(range(n)); t = 0
    try:
        while True: t += q.popleft()
    except IndexError as e: print(e)
    return t
class D(deque):
    def popleft(self): return 7
def sub(n):
    q = D([1]); t = 0
    for k in range(n): q.append(k); t += q.popleft()
    return t, len(q)
class E:
    log = []
    def __init__(self, n): self.n = n
    def __del__(self): E.log.append(self.n)
def ends(n):
    q = deque([1, 2]);
    for k in range(n): q.append(k if k % 30 else E(k)); x = q.popleft()
    return len(E.log) > 0, len(q)
def lru(cap, n):
    cache = {}; state = 3; hits = 0
    for _ in range(n):
        state = state * 16807 % 2147483647
        key = (state >> 8) % (state % 70 + 1)
        if key in cache:
            value = cache.pop(key); hits += 1
        else:
            value = key * key % 1000
            if len(cache) == cap:
                oldest = next(iter(cache))
                del cache[oldest]
        cache[key] = value
    return hits, list(cache.items())[:4]
def first(n):
    t = 0
    for k in range(n):
        s = {k, k + 1}; d = {"a": k}
        t += next(iter(s)) + next(iter(d.values())) + len(next(iter(d)))
    try:
        for k in range(n):
            if k == n - 2: d.clear()
            t += len(next(iter(d)))
    except StopIteration: print("stop")
    try:
        for k in range(n):
            d["z"] = k
            if k == n - 2: t += next(d.keys())
            t += 1
    except TypeError as e: print(e)
    return t
def refs(n):
    a = (1, "x" * 3); q = deque(); r = sys.getrefcount(a)
    for k in range(n):
        q.append(a); q.appendleft(a); x = q.pop(); x = q.popleft()
    x = None
    return sys.getrefcount(a) - r
g = {k: [(k * 7 + 1) % 300, (k * 3 + 2) % 300] for k in range(300)}
print([bfs(g, s) for s in range(4)])
print(pairs(120))
print(texts(100))
print(bounded(90))
print(empty(100))
print(sub(80))
print(ends(100))
print(lru(20, 2000))
print(first(80))
print(refs(100))
""",
    "memory": """
import sys
def texts(n):
    for k in range(n):
        s = "x" * 1000
        s += str(k)
        words = s.split("x")
        line = "-".join(words)
    return len(line)
def tables(n):
    for k in range(n):
        d = {"a": [k, k], "b": "text"}
        d[(k, k)] = {k, k + 1}
        e = dict(d)
        d.pop("a")
        s = {k, 2} | {3}
        for key in e: last = key
    return len(e), len(s), last
from collections import deque
import heapq
def queues(n):
    q = deque(); h = []
    for k in range(n):
        q.append((k, "t"))
        heapq.heappush(h, (k % 7, k))
        if k > 5:
            a, b = q.popleft()
            c, d = heapq.heappop(h)
    return a, c, d
for f in (texts, tables, queues):
    f(3000)
    before = sys.getallocatedblocks()
    print(f(20000), sys.getallocatedblocks() - before < 500)
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
