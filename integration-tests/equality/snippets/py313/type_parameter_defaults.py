def f[T = int, *Ts = *tuple[int], **P = [int]](x: T): pass
class C[T: int = bool]: pass
type L[T = int] = list[T]
