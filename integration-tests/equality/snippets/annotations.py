from __future__ import annotations
def f(x: u'a', *a: "b", k: (1)=1, y: lambda z: z=2, w: f"{x!r:>{y}}" = 3, t: x[1:2, ::3]=4) -> [i for i in x if i < 3 < 4]: 
    z: u'q' = 1
    (z): (1,2) = 3
    a.b: {**x, 1: 2}
class C:
    x: List[int] = u's'
    y: (a , 1) if b else -1
