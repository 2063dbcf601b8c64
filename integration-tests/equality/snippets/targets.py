def g():
    x = (yield); y = yield 1, 2; z = yield from (a, *b)
    return (yield), *(yield)
    a = b, c = d[1], *e = *x, y = (1, 2), [3], *z
    (a), ((b)) = ((c))
    [a, [b, *c]] = (((d)))
    (
      a,
      b
    ) = (
      1)
    del (a, [b, c.d]), e[1:2], ()
    del ()
    a[1:2] += b; a[::] -= 1; a[b, c:d] *= 2; a.b.c **= -1
