def function[T: int, *Ts, **P](x: T, *a: *Ts, k=1, **kw: P.kwargs) -> T: return x
class Box[T: (int, str)](dict[str, T], metaclass=type):
    def method[V](self, x: V) -> T: return x
    type Inner[X] = dict[T, X]
    attribute = 1
    type Other = attribute
async def asynchronous[T](): pass
type Alias = int | Alias
type Generic[T, *Ts] = tuple[T, *Ts]
def nested(a):
    class Local[T]:
        def method[U](self) -> T: return a, T, U
    return Local
print(f"{'nested ' f'{1}'}")
