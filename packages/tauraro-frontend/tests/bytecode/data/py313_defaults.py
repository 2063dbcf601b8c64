def function[T = int, *Ts = *tuple[int], **P = [int]](x: T): pass
class Box[T: int = bool]: pass
type Alias[T = int] = list[T]
class Scope:
    item = 1
    type Inside[T = item] = [item for _ in T]
