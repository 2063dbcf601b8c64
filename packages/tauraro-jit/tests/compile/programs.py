"""Programs for the compiler, each with a point: name -> source. The last statement is the loop."""

from __future__ import annotations

PROGRAMS: dict[str, str] = {
    "sum": "s = 0\nfor i in range(20):\n    s += i",
    "sum of floats": "s = 0\nfor i in range(20):\n    s += i * 0.5",
    "overflow": "s = 1\nfor i in range(70):\n    s = s * 3 + 1",
    "countdown": "s = 0\nfor i in range(20, -3, -3):\n    s = s * 3 + i",
    "variable step": "s = 0\nk = 3\nfor i in range(4):\n    for j in range(i * i, 30, k):\n        s += j",
    "last value of a range": f"s = 0\nfor i in range({2**63 - 4}, {2**63 - 1}):\n    s ^= i",
    "first value of a range": f"s = 0\nfor i in range({-(2**63) + 3}, {-(2**63)}, -1):\n    s ^= i",
    "while": "n = 27\nsteps = 0\nwhile n != 1:\n    if n % 2: n = 3 * n + 1\n    else: n //= 2\n    steps += 1",
    "while else": "i = 0\nwhile i < 9:\n    i += 1\n    if i == 20: break\nelse:\n    i = -i",
    "while with a guard in its test": (
        "x = 1\ni = 0\nl = [1, 2, 3, 4.0, 5, 6, 7, 0]\nwhile l[i]:\n    i += 1\n    x += l[i]"
    ),
    "break": "l = [1, 2, 3]\nfor i in range(10):\n    if i > 5: break\n    l[i % 3] += i\nelse:\n    l[0] = 99",
    "continue": "s = 0\nfor i in range(10):\n    if i % 3 == 0: continue\n    s += i\nelse:\n    s = -s",
    "nested": (
        "s = 0\nfor i in range(6):\n    for j in range(i):\n        if j == 3: break\n"
        "        k = 0\n        while k < 3:\n            k += 1\n            if k == j: continue\n"
        "            s += k\n    else:\n        s *= 2"
    ),
    "rows": (
        "rows = [[1, 2], [3.5, 4], [5, 6]]\ns = 0\nfor i in range(3):\n    for j in range(2):\n"
        "        s += rows[i][j] * rows[-1 - i][j]\n    rows[i][0] = s"
    ),
    "a row that is none": (
        "rows = [[1, 2], [3, 4], 5, [6, 7]]\ns = 0\nfor i in range(4):\n"
        "    if i != 2:\n        for j in range(2):\n            s += rows[i][j]\n    s += i"
    ),
    "alias of a row": (
        "rows = [[1, 2], [3, 4]]\nrow = rows[0]\nfor i in range(9):\n"
        "    row[0] += rows[0][1]\n    rows[0][1] = row[0] % 5\n    row = rows[i % 2]"
    ),
    "matrix product": (
        "n = 3\na = [[float(i * j % 7) for j in range(n)] for i in range(n)]\nb = [[0.5] * n] * n\n"
        "c = [[0.0] * n for _ in range(n)]\nfor i in range(n):\n    for j in range(n):\n        s = 0\n"
        "        for k in range(n):\n            s += a[i][k] * b[k][j]\n        c[i][j] = s"
    ),
    "neighbours": (
        "l = [1.5, 2, 3.5, 4.5, 5.5]\nm = [0.0] * 5\nfor r in range(3):\n"
        "    for i in range(1, len(l) - 1):\n        m[i] = (l[i - 1] + l[i] + l[i + 1]) / 3.0\n"
        "    l[1] = m[1]"
    ),
    "end behind the list": "l = [1, 2, 3]\ns = 0\nfor r in range(3):\n    for i in range(r + 2):\n        s += l[i]",
    "store while iterating": "l = [1, 2, 3, 4]\ns = 0\nfor x in l:\n    l[-1] = s\n    s += x",
    "element types change": "l = [1, 2, 3.0, True, 4]\ns = 0\nfor x in l:\n    l[-1] = s\n    s += x",
    "tuple of numbers": "t = (1, 2, 3, 4.5, 6)\ns = 0\nfor x in t:\n    s = s * 2 + x",
    "tuple of tuples": "t = ((1, 2), (3, 4))\ns = 0\nfor i in range(8):\n    s += t[i % 2][i // 4]",
    "bools": "f = [True] * 9\nc = 0\nfor i in range(2, 9):\n    if f[i]:\n        c += 1\n        j = i * i\n        while j < 9:\n            f[j] = False\n            j += i",
    "index from the end": "l = [1, 2, 3]\nfor i in range(-3, 3):\n    l[i] = l[-1] + i",
    "index out of range": "l = [1, 2, 3]\nfor i in range(5):\n    l[i] += 1",
    "bool as index": "l = [1, 2]\nfor i in range(5):\n    l[i > 2] += i",
    "variable changes its type": "u = 0\nfor i in range(9):\n    u = u + 1 if i < 3 else u * 0.5 if i < 6 else u > 1",
    "unbound until late": "for i in range(10):\n    if i > 5: z = i\n    if i > 7: y = z",
    "unbound": "for i in range(10):\n    if i > 20: z = i\n    if i == 7: y = z",
    "deleted": "z = 1\nfor i in range(10):\n    z += i\n    if i == 7:\n        del z",
    "none": "x = None\nt = 0\nfor i in range(10):\n    if x is None: t += 1\n    if x is not None: t += 100",
    "swaps": "a, b, x, y = 1, 2, 0.5, -0.0\nfor i in range(9):\n    a, b = b, a + i\n    x, y = y, x",
    "swap of elements": "l = [3, 1, 2]\nfor i in range(9):\n    l[0], l[i % 3] = l[i % 3], l[0]",
    "swap through aliases": (
        "a = [1, 2, 3]\nb = a\nfor i in range(9):\n    a[0], b[1] = b[1], a[2] + i\n    a, b = b, a"
    ),
    "two targets": "x = 1\nl = [1, 2, 3]\nfor i in range(9):\n    x = l[i % 3] = x + 1",
    "two targets with a choice": (
        "x = 1\nl = [1, 2, 3, 4.0, 5, 6, 7]\nfor i in range(7):\n    x = l[i if i else 0] = x + 1"
    ),
    "unpacking with a choice": (
        "x = 1\nl = [1, 2, 3, 4.0, 5, 6, 7]\nfor i in range(7):\n    x, l[i if i else 0] = x + 1, x"
    ),
    "stores with a choice between": (
        "l = [1, 2, 3, 4.0, 5]\nm = [0] * 5\nfor i in range(5):\n    m[0], l[i and i] = m[0] + 1, i"
    ),
    "element as loop variable": (
        "l = [1, 2, 3, 4.0, 5]\nm = [0, 1, 2]\nt = 0\nfor i in range(5):\n    for l[i if i else 0] in m:\n"
        "        t += 1"
    ),
    "call between targets": (
        "def f(a):\n    return a + 1 if a else 1\nx = 1\nl = [1, 2, 3, 4.0, 5]\nfor i in range(5):\n"
        "    x = l[f(i - 1)] = x + 1"
    ),
    "calls": (
        "def f(a):\n    if a > 3: return a\n    b = a + 1\n    return b\n"
        "def g(a, b):\n    return f(a) * f(b)\nx = 1\nl = [1, 2, 3, 4.0, 5]\nfor i in range(5):\n"
        "    x = f(x) + g(i, 2)\n    x += l[f(i) - 1]"
    ),
    "a function reads a global": (
        "q = 3\ndef f():\n    return q\nt = 0\nfor i in range(9):\n    t += f()\n    if i == 5: q = 2.5"
    ),
    "a built-in is replaced": (
        "l = [1]\nt = 0\nfor i in range(9):\n    t += len(l)\n    if i == 5:\n        len = abs\n        l = 7"
    ),
    "math": (
        "import math\ns = 0.0\nfor i in range(9):\n    s += math.sqrt(i) + math.sin(s) - math.floor(s / 3)\n"
        "    s = math.fabs(s) % 7.0"
    ),
    "rounding": "s = 0\nfor i in range(-9, 9):\n    s = s * 3 + round(i * 0.5) + int(i * 0.5) + i // 2",
    "division by zero": "s = 0\nfor i in range(-3, 3):\n    s += 12 // i",
    "zero to a negative power": "s = 0.0\nx = 3.0\nfor i in range(9):\n    s += x ** -1\n    x -= 1.0",
    "negative base": "s = 0.0\nfor i in range(9):\n    s += (4.0 - i) ** 2.0",
    "shifts": "s = 1\nfor i in range(100):\n    s = (1 << i) >> (i // 2) ^ s >> i",
    "negative shift": "s = 1\nfor i in range(5, -3, -1):\n    s = s << i",
    "bits": "h = 7\nfor i in range(50):\n    h = ((h << 5) ^ (h >> 3) ^ i) & 0xFFFFFFFF",
    "generator of random numbers": (
        "seed = 42\nhits = 0\nfor i in range(50):\n    seed = (seed * 1103515245 + 12345) % 2147483648\n"
        "    if seed / 2147483648 < 0.5: hits += 1"
    ),
    "int against float": (
        "x = 9007199254740990\nc = 0\nfor i in range(9):\n    x += 1\n"
        "    if x == 9007199254740992.0: c += 1\n    if x < 9007199254740993.5: c += 10"
    ),
    "nan and infinity": (
        "x = 1e300\ny = 0.0\nc = 0\nfor i in range(9):\n    x *= 1e3\n    y = x - x\n"
        "    if y != y: c += 1\n    if min(y, 1.0) == 1.0: c += 10\n    if max(1.0, y) == 1.0: c += 100"
    ),
    "zeros": "x = -0.0\nl = [0.0, -0.0]\nfor i in range(9):\n    x = x * -1.0\n    l[i % 2] = x % 3.0 + x // 3.0",
    "logic": (
        "a, b, c = 1, 0, 2.5\nfor i in range(9):\n    d = a and b or c\n    e = not a or i > 3 and b < c\n"
        "    a, b = b, i if 0 < i < c * 2 != 4 else 0"
    ),
    "assertion": "s = 0\nfor i in range(9):\n    assert i < 7, 'too far'\n    s += i",
    "try inside": (
        "s = 0\nfor i in range(-3, 4):\n    s += i\n    try:\n        s += 6 // i\n"
        "    except ZeroDivisionError:\n        s += 100\n    finally:\n        s += 1"
    ),
    "container of anything": (
        "d = {}\nl = []\ns = 0\nfor i in range(9):\n    s += i * i\n    d[i] = s\n    if i % 4 == 3: l.append(s)"
    ),
    "list grows between entries": (
        "l = [1]\ns = 0\nfor i in range(9):\n    for j in range(len(l)):\n        s += l[j]\n    l.append(s)"
    ),
    "big ints come and go": "a = 1\nfor i in range(20):\n    a = a * 1000003 if a < 10 ** 25 else a % 7 + 1",
    "element that does not fit": "l = [1, 2 ** 62, 2 ** 70, 4]\ns = 0\nfor x in l:\n    s += x\n    l[0] = s",
    "many exits": "l = [1, 2.5] * 6\ns = 0\nfor x in l:\n    s += x",
    "imported constant": "import math\ns = 0.0\nfor i in range(9):\n    s += math.pi * i",
    "no round at all": "s = 1\nfor i in range(4):\n    for j in range(i - 5):\n        s += 1\n    for x in ():\n        s += 1",
}
