"""Type parameters and aliases."""
def first[T: int, *Ts, **P](x: T, *rest: *Ts, k=1) -> T: return x
class Box[T: (int, str)]:
    content = 1
    def put[V](self, x: V) -> T: return x
    type Pair[X] = tuple[X, T, content]
type Alias = int | list[Alias]
type Generic[T, U] = dict[T, U]
print(first(1), first.__type_params__, first.__annotations__, Box().put(2), Box[int])
print(Alias.__value__, Generic[int, str], Generic.__type_params__[0].__bound__)
print(Box.Pair.__value__, first.__type_params__[0].__bound__, Box.__type_params__[0].__constraints__)
