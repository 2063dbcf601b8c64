def f[T: int, *Ts, **P](x: T = d, *a: *Ts, **k: P.kwargs) -> T: pass
@dec
class C[T: (int, str), U](Base[T], metaclass=M):
    def m[V](self, x: V) -> T: return x
    type Q[X] = dict[T, X]
type A = B | A
type L[T, *Ts] = tuple[T, *Ts]
async def g[T](): await x
def h[T](): yield [T for _ in x]
