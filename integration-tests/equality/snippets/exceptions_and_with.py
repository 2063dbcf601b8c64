def run(a, b):
    for x in a:
        try:
            with a as (p, [q, *r]), b as a.b[0], p:
                if x:
                    continue
                elif q:
                    break
                return r
        except (A, B) as e:
            raise C from e
        except D:
            pass
        except:
            raise
        else:
            a = 1
        finally:
            while True:
                try:
                    break
                finally:
                    del a
    else:
        assert a < b < x, f"{a=} {b!r:>{x}} {{}}"
    try:
        return (yield a)
    finally:
        return
