"""Functions, classes, closures."""

def plain(): return
def parameters(a, b=1, /, c=2, *d, e, f=3, **g) -> "text": "doc"; return a, b, c, d, e, f, g
def deleting(a):
    global plain
    del a, plain
def class_in_function(a, b):
    class Local:
        print(a)
        b = [b for a in b]
def annotated(a: int, *b: str, c: float = 1.0, **d: dict) -> None: pass
def starred(*args: *tuple[int]): pass
def generator():
    x = yield
    y = yield x
    return (yield from [y, *(yield)])
async def coroutine(a):
    async with a as b, a: await b
    async for i in a: print([j async for j in i if await j])
    else: return (k async for k in a)
    return [x for x in [await a]]
async def asynchronous_generator():
    yield 1
    return
def outer(a, b):
    counter = 0
    def inner():
        nonlocal counter
        global total
        counter += 1
        total = a
        del counter
        return lambda: (b, [counter for b in a])
    x: int = 1
    y: list[x]
    return inner
@plain
@parameters(1)
class Decorated: pass
class Base(object, metaclass=type, keyword=1):
    """doc"""
    name: str = "n"
    __private = 1
    def method(self, __argument=__private):
        self.__private += __argument
        import __a.b, __c as __d
        return super().method(__argument), __class__
    @property
    def value(self): return [self.__private for self in self]
    x = [name for name in "ab" if name]
    for i in x: locals()
class Extended(Base, *(), **{}): pass
