"""Defaults of type parameters."""
def first[T = int, *Ts = *tuple[int], **P = [int]](x: T): return x
class Box[T: int = bool]: pass
type Alias[T = str] = list[T]
print([p.__default__ for p in first.__type_params__], Box.__type_params__[0].__default__)
print(Alias.__value__, Alias.__type_params__[0].__default__, first(3))
