"""Classes and coroutines."""
def decorate(target): target.decorated = True; return target
class Meta(type):
    def __new__(meta, name, bases, space, **options):
        return super().__new__(meta, name, bases, dict(space))
    def __init__(self, name, bases, space, **options): self.options = options
@decorate
class Base(metaclass=Meta, flag=1):
    """doc"""
    count = 0
    __private = [n for n in range(3)]
    names: list = []
    def __init__(self, value): self.value = value; Base.count += 1
    def __add__(self, other): return type(self)(self.value + other.value)
    def __repr__(self): return f"{type(self).__name__}({self.value!r})"
    @property
    def private(self): return self.__private
    @classmethod
    def make(cls, *values): return [cls(v) for v in values]
class Derived(Base, **{"flag": 2}):
    def __init__(self, value): super().__init__(value * 2)
    def me(self): return __class__
    for name in "ab": locals()[name] = name.upper()
d = Derived(3)
print(d + d, Base.make(1, 2), Base.count, d.private, d.me(), Derived.options, Derived.a, Base.decorated)
class Steps:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 0: raise StopAsyncIteration
        self.n -= 1
        return self.n
    async def __aenter__(self): return self.n
    async def __aexit__(self, *error): print("left", error[0]); return True
    def __await__(self): yield self.n; return self.n
async def ticks(n):
    for i in range(n): yield i
async def main(x):
    async with Steps(2) as n, Steps(1): print("inside", n, await x); raise ValueError
    async for i in Steps(3): print("item", i)
    else: print("end")
    values = [i async for i in Steps(2) if i or await Steps(0)]
    return values, [i async for i in (j async for j in ticks(2))], {await Steps(1): 1}
def drive(coroutine):
    try:
        while True: print("yielded", coroutine.send(None))
    except StopIteration as stop: return stop.value
print(drive(main(Steps(5))))
def local(a):
    class Inside:
        a = a
        b = [a for _ in "x"]
        def get(self): return a, self.a
    return Inside().get(), Inside.b
try: print(local(1))
except NameError as error: print(error)
