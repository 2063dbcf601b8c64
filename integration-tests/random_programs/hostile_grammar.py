"""The grammar of hostile random programs.

LEAVES and DEEP give the alternatives of expressions, STATEMENTS those of statements in groups.
Variables are named by what they mostly hold: i, j, k ints; x, y floats; p bools; s, t texts; b bytes;
u anything; items, mixed, reals, rows, objects lists; d, e dicts; seen a set; line a deque; heap a
list; data, numbers, view buffers; o an object; pair a tuple; f, step, push, top functions.
"""

from __future__ import annotations

START = [
    "i, j, k = <leaf_int>, <leaf_int>, <small>",
    "x = <leaf_real>; y = <leaf_real>; p = <truth>",
    "s = <leaf_text>; t = <leaf_text>; b = <leaf_bytes>; u = <leaf_any>",
    "items = <new_ints>; mixed = <new_mixed>; reals = <new_reals>; rows = <new_rows>",
    "objects = <new_objects>; o = <new_object>",
    "d = <new_dict>; e = <new_table>; seen = {1, 5, <small>}",
    "line = deque(<new_ints>, maxlen=<bound>); heap = sorted(<new_ints>)",
    "data = <new_data>; numbers = <new_numbers>; view = memoryview(data)<part>",
    "pair = (<leaf_int>, <leaf_any>); f = <function>; step = make_counter(<leaf_int>)",
    "push, top = make_stack()",
]

NAMES = "i j k x y p s t b u items mixed reals rows objects o d e seen line heap data numbers view pair"


def ending() -> list[str]:
    """What a case shows."""
    return [f"return [show(each, 3) for each in ({', '.join(NAMES.split())}, step(0))]"]


LEAVES: dict[str, list[str]] = {
    "small": ["0", "1", "2", "3", "5", "7", "-1", "-2", "10", "63"],
    "positive": ["1", "2", "3", "5", "7", "16"],
    "border": [
        "2**30", "2**31", "-2**31", "2**31 - 1", "2**32", "2**53", "2**53 + 1", "2**62", "-2**62",
        "2**62 - 1", "2**63 - 1", "2**63", "-2**63", "-2**63 - 1", "2**64 - 1", "2**64", "2**60",
        "2**60 - 1", "2**30 - 1", "-2**30", "2**65",
    ],
    "leaf_int": ["<small>", "<small>", "<small>", "256", "257", "-6", "1000003", "<border>"],
    "leaf_real": [
        "0.0", "-0.0", "0.5", "1.5", "-2.25", "0.1", "1e16", "1e308", "5e-324", "math.inf",
        "-math.inf", "math.nan", "3.0", "2.0**63", "-1e19", "1e22", "100.0",
    ],
    "truth": ["True", "False"],
    "leaf_text": [
        "''", "'a'", "'abc'", "'caf\u00e9'", "'\u03b1\u03b2\u03b3'", "'\U0001f600x'", "'12'", "' -7 '", "'1e3'",
        "'nan'", "'a,b,,c'", "'long text of many words'", "'\u0660\u0661'", "'x' * 17", "'\\x00q'", "'\u00df'",
    ],
    "leaf_bytes": ["b''", "b'abc'", "bytes(range(9))", "b'\\xff\\x00z'"],
    "leaf_any": [
        "<leaf_int>", "<leaf_real>", "<truth>", "<leaf_text>", "None", "<leaf_bytes>", "(1, 2)",
        "[]", "[1, 2.5]", "{}", "Hostile(<small>)", "Whole(4)", "Real(2.5)", "Level.HIGH",
        "Shade.RED", "1j", "Word('w')", "object", "range(4)", "frozenset({2})", "...",
    ],
    "int": ["i", "j", "k", "i", "j", "k", "<leaf_int>", "<small>", "total", "LIMIT", "u"],
    "real": ["x", "y", "x", "y", "<leaf_real>", "i"],
    "bool": ["p", "<truth>", "i", "x", "u"],
    "text": ["s", "t", "s", "t", "<leaf_text>"],
    "bytes": ["b", "data", "<leaf_bytes>"],
    "any": ["u", "i", "x", "s", "<leaf_any>", "pair", "o", "p"],
    "list": ["items", "items", "mixed", "reals", "heap", "rows[1]", "pair", "line", "numbers", "view", "data"],
    "changing": ["items", "items", "mixed", "reals", "heap", "rows[1]"],
    "index": ["<small>", "<small>", "i % 4", "k", "-1", "i", "j", "k % len(items)", "p", "LIMIT"],
    "relation": ["<", "<=", ">", ">=", "==", "!="],
    "operator": ["+", "-", "*", "//", "%", "&", "|", "^", "/"],
    "shift": ["<<", ">>"],
    "augment": ["+=", "-=", "*=", "//=", "%=", "&=", "|=", "^=", "/=", ">>="],
    "mild": ["+=", "-=", "+=", "-=", "*="],
    "number_name": ["i", "j", "k", "x", "y", "i", "j"],
    "int_name": ["i", "j", "k"],
    "real_name": ["x", "y"],
    "name": ["i", "j", "k", "x", "y", "s", "t", "u", "p", "b"],
    "rounds": ["3", "5", "12", "20", "40", "i % 9", "len(items)"],
    "bound": ["5", "8", "None"],
    "field": ["x", "y", "x", "y", "size", "kind", "extra", "next", "items"],
    "plain": ["i", "j", "k", "x", "y", "u", "s", "p", "o", "i + 1", "x * k", "len(items)", "items", "-j"],
    "key": ["<small>", "i % 8", "k", "i", "s", "x", "p", "(k, 1)", "None", "pair"],
    "part": ["", "", "[::-1]", "[1:]", "[::2]"],
    "width": ["", "5", "<6", ">4", "^7", "03"],
    "kind": ["int", "float", "str", "bool", "list", "Plain", "Hostile", "(int, float)", "type(i)", "Slotted"],
    "error": [
        "Exception", "ValueError", "(TypeError, ValueError)", "ArithmeticError", "LookupError",
        "ZeroDivisionError", "Trouble", "(IndexError, KeyError, TypeError)", "AttributeError",
        "OverflowError", "Exception", "UnboundLocalError",
    ],
    "function": [
        "clip", "fail", "lambda a, b=2: a + b", "abs", "int", "Plain.twice", "bump", "math.floor",
        "fib", "str", "len", "lambda *a: a", "functools.partial(clip, high=5)", "Plain",
    ],
    "new_ints": ["[3, 1, 4, 1, 5]", "[0] * 8", "list(range(10))", "[2**62, -1, 7]", "[5]", "[1, True, 2]"],
    "new_mixed": [
        "[1, 2.5, 'a', None]", "[1, 2, 3, 4.0]", "['a', 'b', '\u00e9']", "[True, 1, 2**70]",
        "[(1, 2), (3, 4.5)]", "[[1], [2.5]]", "[Hostile(1), 2]", "[None, None]", "[]", "[Whole(1), 2]",
    ],
    "new_reals": ["[0.5, 1.5, -0.0]", "[math.nan, 1.0, 2.0]", "[1.0] * 6", "[1.5, 2]", "[0.1, 0.2, 0.3, math.inf]"],
    "new_rows": ["[[0] * 4 for _ in range(4)]", "[[i * j for i in range(3)] for j in range(4)]", "[[1.5, 2.5], [1, 2], [3, 4]]"],
    "new_object": [
        "Plain(<small>, 2)", "Slotted(<small>, 1.5)", "Child(1, <small>)", "Data(<small>, 3)", "Frozen(1, 2)",
        "Pair(3, <small>)", "Hostile(<small>)", "Plain.make(<small>)", "Plain(1.5, <leaf_any>)", "Slotted(1)",
    ],
    "new_objects": [
        "[Plain(n, n + 1) for n in range(5)]", "[Slotted(n, 2) for n in range(4)]", "[Plain(1), Child(2), Slotted(3)]",
        "[Data(n) for n in range(4)]", "[Plain(1.5, 2), Plain(2, 3), Plain(4, 'a')]", "[Plain(1), Hostile(2)]",
        "[Child(n) for n in range(3)]", "[Frozen(n, 1) for n in range(4)]", "[Pair(n, n) for n in range(3)]",
    ],
    "new_dict": [
        "{}", "{1: 2, 3: 4}", "{n: n * n for n in range(8)}", "defaultdict(int)", "Table()", "Counter([1, 1, 2])",
        "OrderedDict([(1, 2), (0, 3)])", "{0: 1.5, 1: 2.5, 2: 3}", "dict.fromkeys(range(3), 0)",
    ],
    "new_table": [
        "{'a': 1, 'b': 2}", "{'x': 1.5}", "{}", "{'caf\u00e9': 3, 's': [1]}", "defaultdict(list)", "{c: 0 for c in 'abcdef'}",
    ],
    "new_data": ["bytearray(12)", "bytearray(b'hello world')", "bytearray(range(6))"],
    "new_numbers": [
        "array('i', [1, 2, 3])", "array('d', [0.5, 1.5, math.inf])", "array('B', range(8))", "array('q', [2**62, -1])",
        "array('f', [0.1, 2.5])", "array('H', [65535, 1])", "array('Q', [2**64 - 1, 3])", "array('b', [-128, 127])",
    ],
    "object": ["o", "o", "objects[k % len(objects)]", "objects[<index>]", "objects[0]", "u"],
    "condition": ["i < j", "x < y", "k % 3 == 1", "p", "u", "s", "items", "i", "s == 'a'", "o is None", "k in d", "k in seen"],
    "pattern": [
        "0 | 1 | 2", "int(n)", "float()", "[a, *rest]", "{'a': n}", "Plain(x=a, y=b)", "str() as n", "(a, b)",
        "None", "n if n == 7", "[int(a), float(b)]", "Pair(a, b)", "Shade.RED", "{1: a, **rest}", "-1 | 2.5", "bool()",
    ],
}

DEEP: dict[str, list[str]] = {
    "int": [
        "(<int> <operator> <int>)", "(<int> + <int>)", "(<int> - <int>)", "(<int> * <int>)", "(<int> <shift> (<int> & 15))",
        "(<int> // <positive>)", "(<int> % <positive>)", "-<int>", "~<int>", "abs(<int>)", "len(<list>)", "len(s)", "<list>[<index>]",
        "items[<index>]", "rows[<index>][<index>]", "d[<key>]", "d.get(<key>, <int>)", "e.get(<text>, 3)", "<object>.x",
        "<object>.y", "<object>.<field>", "(<int> if <condition> else <int>)", "min(<int>, <int>)", "max(<list>)", "sum(<list>)",
        "int(<real>)", "int(<text>)", "checked(int, <any>)", "round(<real>)", "fib(<int> % 9)", "clip(<int>)", "clip(<real>, <int>, <int>)",
        "fail(<int> % 7)", "checked(fail, <int> % 7)", "step(<int>)", "bump(<int>)", "f(<int>)", "divmod(<int>, <int>)[0]", "pow(<int>, <positive>, 97)",
        "<int> ** <positive>", "(<int> and <int>)", "(<int> or <int>)", "ord(s[<index>])", "swap(items, <index>, <index>)",
        "collect(*<list>, key=<int>)", "collect(<int>, key=2, **e)", "(k := <int> % 11)", "math.gcd(<int>, <int>)", "math.isqrt(abs(<int>))",
        "(<int>).bit_length()", "items.index(<int>)", "items.count(<int>)", "s.find(<text>)", "bisect.bisect(heap, <int>)", "hash(<int>)",
        "fill(items, len(items) - 1, <int> % 99)", "walk(o, <int> % 5)", "next(iter(<list>))", "line[<index>]", "data[<index>]", "view[<index>]",
        "numbers[<index>]", "heap[0]", "push(<any>)", "top()", "permute(items[:3], 0, [])", "int.from_bytes(data[:<positive>], 'little')",
        "sum(n * <small> for n in <list> if n != <int>)", "len([n for n in <list> if n])", "max(items, key=lambda n: -n)", "functools.reduce(lambda a, b: a ^ b, items)",
        "(<int> < <int>)", "(<condition>) + 1", "Level.HIGH + <int>", "isinstance(<any>, <kind>)", "len(<object>.items)", "Plain.twice(<int>)",
        "struct.unpack('<i', struct.pack('<i', <int>))[0]", "int(<text>, 16)", "(lambda a, b=<small>: a * b)(<int>)",
    ],
    "real": [
        "(<real> <operator> <real>)", "(<real> + <real>)", "(<real> * <real>)", "(<real> - <int>)", "(<int> / <positive>)", "<real> ** <positive>",
        "-<real>", "abs(<real>)", "math.sqrt(<real>)", "math.sqrt(abs(<real>))", "math.floor(<real>)", "math.sin(<real>)", "float(<text>)", "float(<int>)",
        "reals[<index>]", "<object>.x", "min(<real>, <real>)", "max(reals)", "sum(reals)", "round(<real>, <small>)", "(<real> if <condition> else <real>)",
        "math.hypot(<real>, <real>)", "math.copysign(<real>, <real>)", "math.fmod(<real>, <real>)", "<real> // <real>", "<real> % <real>", "divmod(<real>, 1.5)[1]",
        "checked(float, <any>)", "math.exp(<real>)", "math.log(<real>)", "numbers[<index>]", "math.pow(<real>, <real>)", "math.atan2(<real>, <real>)",
        "(<real>).is_integer()", "x.as_integer_ratio()[0]", "<real> ** <real>", "float(s.count('a'))", "math.isnan(<real>)", "math.trunc(<real>)", "math.ceil(<real>)",
    ],
    "text": [
        "(<text> + <text>)", "s[<index>]", "s[<index>:<index>]", "s[::-1]", "s[<index>:<index>:<positive>]", "str(<any>)[:20]", "show(<any>)", "f'{<plain>:<width>}|{<plain>:.2f}'", "f'{<plain>!r:.9}'",
        "'%d %s' % (<int>, <text>)", "'%5.2f|%x' % (<real>, <int>)", "'%s' % <any>", "chr(<int> % 1000 + 32)", "s.upper()", "s.replace('a', <text>)", "'-'.join(sorted(s))",
        "' '.join([str(n) for n in <list>])[:30]", "(<text> * <positive>)[:25]", "s.strip()", "t.lower()", "s.split(',')[<index>]", "f'{i}{s}'", "repr(<text>)", "hex(<int>)", "bin(<int>)[:20]",
        "b.hex()", "str(b, 'latin-1')", "(<text> if <condition> else <text>)", "'{:>{w}}'.format(s, w=<positive>)", "'{0!r}-{1:,}'.format(s, <int>)", "f'{o!s:.12}'", "s.title()", "s.zfill(<positive>)",
        "s.encode().decode('latin-1')", "'%c' % (<int> % 500)", "s.partition('b')[2]", "s.translate({97: 'q'})", "f'{<plain>:e} {<plain>:+d}'", "f'{p}{u!r:.10}'", "format(<int>, 'b')[:15]",
    ],
    "bool": [
        "<condition>", "<int> <relation> <int>", "<real> <relation> <real>", "<int> <relation> <real>", "<text> <relation> <text>", "not <bool>", "<bool> and <bool>", "<bool> or <bool>",
        "<int> <relation> <int> <relation> <int>", "<any> is None", "<any> is not <any>", "<int> in items", "<int> not in seen", "<text> in s", "<key> in d", "isinstance(<any>, <kind>)",
        "any(n == <int> for n in <list>)", "all(items)", "s.startswith(<text>)", "s.isdigit()", "<any> == <any>", "<list> == <list>", "hasattr(o, 'y')", "<any> in mixed", "<int> in range(<int> % 50)", "pair < (i, 2)", "items <relation> heap",
        "callable(<any>)", "<any> != <int>", "i is j", "type(<any>) is <kind>", "s.isalpha()", "seen <= {1, 2, 3, 5}", "<int> in line", "<int> in data",
    ],
    "any": [
        "<int>", "<int>", "<real>", "<real>", "<text>", "<bool>", "mixed[<index>]", "pair[<index>]", "(<int>, <real>)", "[<int>, <any>]", "{<int>: <any>}", "checked(clip, <any>)",
        "sorted(<list>)[:3]", "<object>", "{<int>, <int>}", "<list>[<index>:<index>]", "list(zip(<list>, <list>))[:3]", "[n for n in <list>][:5]", "tuple(<list>)[:4]", "list(s)[:4]", "<new_object>",
        "dict(zip('ab', <list>))", "(lambda: u)()", "getattr(o, '<field>', <int>)", "f", "reversed", "divmod(<int>, <int>)", "d.copy()", "bytes(data[:3])", "[*items, *s][:6]", "{**e, 'k': <int>}", "seen & {1, 2, 7}",
        "slice(1, <int>)", "list(map(abs, items))[:4]", "next(count_up(<int>), <any>)", "list(itertools.chain(<list>, <list>))[:5]",
    ],
    "list": ["<changing>[<index>:<index>]", "[<int>, <int>, <int>]", "[n + <small> for n in <list>]", "list(<list>)", "list(d)", "list(d.values())", "sorted(seen)", "sorted(<list>, reverse=<truth>)", "items[::<positive>]", "list(range(<int> % 12))", "<list> + [<any>]", "items * 2", "list(reversed(<list>))", "[n for n in count_up(<small>)]", "list(enumerate(items))", "[o.x for o in objects]"],
    "condition": ["<bool>", "<bool>", "(<int> % 4) == 2", "len(items) < 5", "<int> <relation> <int>", "x != x", "not <list>"],
    "bytes": ["b[<index>:<index>]", "bytes(items)", "s.encode()", "b + b'q'", "bytes(data)"],
    "key": ["<int>", "<text>", "(<int>, <int>)", "<any>"],
}

SIMPLE = [
    "<int_name> = <int>", "<int_name> = <int>", "<int_name> <augment> <int>", "<int_name> <mild> <int>", "<real_name> = <real>", "<real_name> <augment> <real>", "<real_name> <mild> <int>",
    "s = bounded(<text>)", "t = bounded(<text>)", "s += <text>; s = s[-30:]", "s = (s + <text>)[:40]", "b = bounded(<bytes>)", "p = <bool>", "u = <any>", "u = <any>", "<name> = <any>",
    "<int_name>, <int_name> = <int>, <int>", "<int_name>, <real_name> = <real>, <int>", "i, j = j, i", "i, *u = <list>", "*u, i = <list>", "(i, j), k = pair, <int>", "i = j = <int>",
    "items[<index>] = <int>", "items[<index>] = <int>", "items[<index>] <augment> <int>", "items[<index>] <augment> <any>", "reals[<index>] <augment> <real>", "reals[<index>] = <real>", "mixed[<index>] = <any>", "mixed[<index>] <augment> <any>",
    "rows[<index>][<index>] = <int>", "rows[<index>][<index>] <augment> <int>", "rows[<index>] = <list>", "items[<index>], items[<index>] = items[<index>], items[<index>]", "items[<index>:<index>] = <list>", "items[:] = [n for n in items if type(n) is int][:20] or [1]", "items[::<positive>] = <list>",
    "if len(<changing>) < 40: items.append(<int>)", "if len(items) < 40: items.append(<any>)", "if len(mixed) < 30: mixed.append(<any>)", "if len(reals) < 30: reals.append(<real>)", "if len(items) < 30: items.insert(<index>, <int>)", "if len(items) < 30: items.extend(<list>)", "if len(items) < 30: items += <list>",
    "items.pop()", "u = items.pop(<index>)", "if items: items.pop()", "if len(items) > 2: del items[<index>]", "items.reverse()", "items.sort()", "items.sort(key=lambda n: -n)", "mixed.sort(key=str)", "items.remove(<int>)", "items = <list>", "items = [*items][:20]", "reals = [n * 0.5 for n in reals]", "mixed = list(mixed)",
    "d[<key>] = <int>", "d[<key>] = <any>", "d[<key>] <augment> <int>", "d[k] = d.get(k, 0) + 1", "d[<int> % 20] = <int>", "d[i] = <any>", "del d[<key>]", "d.pop(<key>, None)", "d.setdefault(<key>, <int>)", "e[<text>] = <any>", "e[s] = e.get(s, 0) + <int>", "e.setdefault(<text>, []).append(1)", "d.update({<int>: <int>})", "if len(d) > 30: d.clear()", "d = dict(sorted((n, v) for n, v in d.items() if type(n) is int))",
    "seen.add(<int>)", "seen.add(<key>)", "seen.discard(<int>)", "seen.remove(<int>)", "if seen: seen.pop()", "seen |= {<int>, <int>}", "seen = {n for n in seen if isinstance(n, int)}", "seen ^= {<int> % 9}",
    "line.append(<int>)", "line.appendleft(<any>)", "u = line.popleft()", "if line: line.pop()", "line.rotate(<small>)", "if len(line) > 20: line.clear()", "line.extend(<list>)", "line[<index>] = <int>",
    "heapq.heappush(heap, <int>)", "u = heapq.heappop(heap)", "if len(heap) > 12: heapq.heappop(heap)", "u = heapq.heapreplace(heap, <int>)", "heapq.heappush(heap, <any>)", "heapq.heapify(heap)", "i = heapq.heappushpop(heap, <int>)",
    "data[<index>] = <int> % 256", "data[<index>] = <int>", "view[<index>] = <int> & 255", "numbers[<index>] = <int>", "numbers[<index>] <augment> <int>", "numbers[<index>] = <real>", "if len(numbers) < 20: numbers.append(<int>)", "data[<index>] <augment> <int>", "view[<index>:<index>] = bytes(2)", "numbers = array('d', [float(n) for n in range(3)])",
    "<object>.x = <int>", "<object>.x <augment> <int>", "<object>.y <augment> <real>", "<object>.y = <any>", "<object>.<field> = <any>", "<object>.<field> <augment> <any>", "<object>.move(<int>)", "<object>.move(<int>, dy=<int>)", "u = <object>.move(<int>, <real>)", "o = <object>", "o = <new_object>", "del <object>.x", "del <object>.y", "<object>.extra = <int>", "o.x, o.y = o.y, <int>", "setattr(<object>, 'y', <any>)",
    "objects[<index>] = <new_object>", "if len(objects) < 12: objects.append(<new_object>)", "if len(objects) > 2: objects.pop()", "objects[<index>].x, objects[<index>].y = <int>, <int>", "objects.sort(key=lambda each: each.x)",
    "del <name>", "del u", "f = <function>", "u = f(<any>)", "f = lambda a=i: a + j", "step = make_counter(<int>)", "push, top = make_stack()", "bump(<int>)", "total <augment> <int>", "total = <int> % 1000",
    "u = <list>", "pair = (<int>, <any>)", "i, j = pair", "pair += (<int>,); pair = pair[-2:]", "raise Trouble(<int>)", "assert <bool>, <any>", "trace(<any> is None, show(<any>)[:30])", "u = [<int> for n in <list>]", "u = {n: <int> for n in <list>}", "u = sum(n for n in <list>)", "u = [(n, <int>) for n in <list> if <bool>]",
    "if (n := <int>) > <int>: i = n", "u = (yield_all := list(count_up(<small>)))", "u = collect(*<list>, **e)", "print(end='')", "u = list(delegating(<small>))[-2:]", "i = bounded(i); j = bounded(j)", "k = <int> % 13", "u = struct.pack('<d', <real>)", "u = itertools.islice(items, 2)", "u = f'{i:>{k % 9}}{s!r}'", "u = locals().get('i')", "i += len(list(gen for gen in items if gen))",
]

BRANCH = [
    "if <condition>:\n    <suite>",
    "if <condition>:\n    <suite>\nelse:\n    <suite>",
    "if <condition>:\n    <suite>\nelif <condition>:\n    <suite>\nelse:\n    <suite>",
    "try:\n    <suite>\nexcept <error>:\n    <suite>",
    "try:\n    <suite>\nexcept <error>:\n    <suite>\nexcept Exception as error:\n    trace(type(error).__name__, str(error)[:60])",
    "try:\n    <suite>\nfinally:\n    <suite>",
    "try:\n    <suite>\nexcept <error> as error:\n    u = str(error)[:40]\nelse:\n    <suite>\nfinally:\n    <suite>",
    "try:\n    i = fail(<int> % 7)\nexcept (Trouble, ZeroDivisionError) as error:\n    k = len(error.args)\n    <suite>",
    "try:\n    raise Trouble(<int>)\nexcept Trouble as error:\n    i = error.value",
    "try:\n    if <condition>:\n        raise ValueError(i)\n    <suite>\nexcept ValueError:\n    j -= 1\n    <suite>",
    "try:\n    <suite>\nexcept <error> as error:\n    raise KeyError(<int>) from error",
    "with Guard(<truth>):\n    <suite>",
    "with Guard(True) as p, Guard():\n    <suite>",
    "match <any>:\n    case <pattern>:\n        <suite>\n    case _:\n        <suite>",
    "match <list>:\n    case <pattern>:\n        <suite>",
    "if <int_name> == <small>:\n    <name> = <any>",
    "if k == <small>:\n    items[<index>] = <any>",
    "if k == <small>:\n    o = <new_object>",
    "def f(a, b=<small>):\n    return a * b + k",
    "def f(a=1):\n    nonlocal_free = i\n    return nonlocal_free + a",
    "def f(a=0):\n    nonlocal j\n    j = a\n    return j",
    "f(3)\ndef walk_down(n):\n    items[n % len(items)] = n\n    return 0 if n <= 0 else walk_down(n - 1) + 1\ni = walk_down(<int> % 20)",
    "def add(a):\n    nonlocal i\n    i += a\n    return i\nadd(<int>)",
]

LOOP = [
    "for <int_name> in range(<rounds>):\n    <suite>\n    <suite>",
    "for k in range(<rounds>):\n    <suite>\n    <suite>",
    "for k in range(20):\n    <suite>\n    <suite>",
    "for k in range(30):\n    i = bounded(i)\n    j = bounded(j)\n    <suite>",
    "for k in range(25):\n    try:\n        <suite>\n    except <error>:\n        <suite>",
    "for k in range(25):\n    try:\n        <suite>\n    except Exception as error:\n        trace(type(error).__name__, str(error)[:60])",
    "for k in range(25):\n    try:\n        <suite>\n        continue\n    except Exception:\n        pass\n    finally:\n        <suite>",
    "for i in range(<int> % 30, <int> % 9, -<positive>):\n    <suite>",
    "for <own> in range(<rounds>):\n    <suite>\n    <suite>\nelse:\n    <suite>",
    "<own> = <rounds>\nwhile <own> > 0:\n    <own> -= 1\n    <suite>\n    <suite>",
    "<own> = 20\nwhile <own>:\n    <own> -= 1\n    try:\n        <suite>\n    finally:\n        <suite>\nelse:\n    <suite>",
    "<own> = 0\nwhile True:\n    <own> += 1\n    if <own> > <rounds>:\n        break\n    <suite>\n    <suite>",
    "<own> = 0\nwhile <own> < 15 and <bool>:\n    <own> += 1\n    <suite>",
    "for i in items:\n    <suite>", "for x in reals:\n    <suite>", "for u in mixed:\n    <suite>", "for i in <list>:\n    <suite>", "for u in <list>[:20]:\n    <suite>",
    "for o in objects:\n    <suite>", "for o in objects:\n    o.x += <int>\n    <suite>", "for k, o in enumerate(objects):\n    <suite>",
    "for k in d:\n    <suite>", "for k, i in d.items():\n    <suite>", "for k in list(d):\n    <suite>", "for s in e:\n    <suite>", "for u in d.values():\n    <suite>", "for k in seen:\n    <suite>", "for k in sorted(seen, key=str):\n    <suite>",
    "for i, j in zip(items, <list>):\n    <suite>", "for k, i in enumerate(items):\n    <suite>", "for k, i in enumerate(<list>, <int>):\n    <suite>", "for t in s:\n    <suite>", "for i in b:\n    <suite>", "for i in data:\n    <suite>", "for i in numbers:\n    <suite>", "for i in view:\n    <suite>",
    "for row in rows:\n    for i in row:\n        <suite>", "for row in rows:\n    row[<index>] <augment> <int>\n    <suite>", "for i in line:\n    <suite>", "for i in reversed(items):\n    <suite>", "for pair in zip(items, mixed, reals):\n    <suite>",
    "for i in count_up(<rounds>):\n    <suite>", "for i in delegating(12):\n    <suite>", "for i in (n * 2 for n in <list>):\n    <suite>", "for i in map(clip, <list>):\n    <suite>", "for t in s.split(','):\n    <suite>", "for i, *u in rows:\n    <suite>",
    "<own> = iter(items)\nfor i in <own>:\n    j = next(<own>, 0)\n    <suite>", "<own> = count_up(20)\nfor i in <own>:\n    if i % 4 == 1:\n        <own>.send(i)\n    <suite>", "while line and len(traces) < 250:\n    line.popleft()\n    <suite>", "while heap:\n    i = heapq.heappop(heap)\n    <suite>\n    if len(traces) > 200 or i == 3:\n        break",
    "def inner(n):\n    got = 0\n    for a in range(n):\n        got += a * i\n    return got\nfor k in range(12):\n    i = inner(k) % 100\n    <suite>",
    "def inner(a):\n    nonlocal i, x\n    i = a\n    x = x + 1\n    return a\nfor k in range(15):\n    inner(k)\n    <suite>",
    "for k in range(15):\n    f = lambda a=k: a + k\n    objects[k % len(objects)].x = f()\n    <suite>",
    "for k in range(300):\n    i += k\n    if k == 250:\n        <name> = <any>\n    j = (j + i) % 1000\n",
    "for k in range(200):\n    items[k % len(items)] += 1\n    if k == 150:\n        items[<index>] = <any>\n",
    "for k in range(100):\n    o.x = k\n    if k == 70:\n        o.<field> = <any>\n    i = o.x\n",
    "for k in range(40):\n    d[k % 7] = d.get(k % 7, 0) + 1\n    <suite>", "for k in range(40):\n    <suite>\n    objects[k % len(objects)].move(k)",
    "for k in range(20):\n    def local(a, c=k):\n        return a + c + i\n    j = local(<int>)\n    <suite>",
    "threads = [threading.Thread(target=lambda: [bump(0) for _ in range(30)]) for _ in range(2)]\nfor each in threads:\n    each.start()\nfor k in range(30):\n    <suite>\nfor each in threads:\n    each.join()",
]

JUMP = [
    "if <condition>:\n    break", "if <condition>:\n    continue", "if k == 9:\n    break", "if <bool>:\n    continue", "if k > 17:\n    return show(u), show(i), show(items)", "try:\n    if <condition>:\n        break\nfinally:\n    <suite>", "try:\n    if <condition>:\n        continue\n    <suite>\nfinally:\n    <suite>",
    "try:\n    <suite>\nexcept <error>:\n    break", "try:\n    <suite>\nexcept <error>:\n    continue", "with Guard():\n    if <condition>:\n        continue\n    <suite>",
]

STATEMENTS: dict[str, list[str]] = {"simple": SIMPLE, "branch": BRANCH, "loop": LOOP, "jump": JUMP}
