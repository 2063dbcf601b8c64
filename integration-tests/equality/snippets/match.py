match x, y:
    case 1 | -2 | 3+4j | "a" "b" | None | True: pass
    case [a, *_, (b)] | (a, b): pass
    case {"k": 1, A.b: [x, *rest], **kw} if kw: pass
    case C(1, 2, a=3, b=D() as q) as r: pass
    case {} | [] | C(): pass
    case (1 | 2) as z, *_: pass
    case str() | a.b.c: pass
    case {-1: _, **r}: pass
    case [*_]: pass
    case _: pass
match (yield_ := 3):
    case x: pass
