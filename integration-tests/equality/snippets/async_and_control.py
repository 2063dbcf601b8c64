async def f(a, b=1, /, c=2, *d, e, f=3, **g):
    async with a as b, c as (d, e), f: await x
    async for i, in z: yield [j async for j in k if await j]
    else: return
    with (a as b, c): pass
    with (a): pass
    with (a, b): pass
    with (a, b) as c: pass
    with a, \
       b: q = {x: y async for x, y in z}
    try: pass
    except* (A, B) as e: raise
    except* C: raise x from y
    else: 1
    finally: 2
    while 1:
        if x: continue
        elif y: break
        else:
            if z: pass
    while 0: yield
    if 0: 3
    if __debug__: 4
    assert (a, b)
    assert x, (yield)
    lambda *, a=1, **k: (yield)
    x = not (a and b or c) if d < e < f else not g
