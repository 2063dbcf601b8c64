"""dataclasses: fields, order, frozen, slots, inheritance, post-init, matching, replace."""

import dataclasses
from dataclasses import KW_ONLY, InitVar, asdict, astuple, dataclass, field, fields, replace
from typing import ClassVar


@dataclass
class Item:
    name: str
    price: float = 1.0
    tags: list = field(default_factory=list)
    secret: str = field(default="s", repr=False, compare=False)
    count: ClassVar[int] = 0

    def __post_init__(self):
        type(self).count += 1

    @property
    def total(self):
        return self.price * 2


a, b = Item("a"), Item("a", secret="different")
print(a, a == b, a.tags is b.tags, Item.count, a.total, [f.name for f in fields(Item)])
print(Item.__match_args__, replace(a, price=3.0), asdict(a), astuple(a))
print(Item.__init__.__qualname__, Item.__repr__.__qualname__, Item.__hash__)


@dataclass(frozen=True, order=True)
class Version:
    major: int
    minor: int = 0

    @classmethod
    def parse(cls, text):
        return cls(*map(int, text.split(".")))


print(Version.parse("1.2") < Version.parse("1.10"), max(Version(2), Version(1, 9)), {Version(1): "one"}[Version(1)])
try:
    Version(1).major = 2
except dataclasses.FrozenInstanceError as error:
    print(error)
try:
    Version(1) < 5
except TypeError as error:
    print(error)


@dataclass(slots=True)
class Slotted:
    x: int
    y: int = 5

    def double(self):
        return dataclasses.replace(self, x=self.x * 2)


s = Slotted(1)
print(s.double(), Slotted.__slots__, hasattr(s, "__dict__"))
try:
    s.z = 1
except AttributeError as error:
    print(type(error).__name__)


@dataclass
class Base:
    a: int
    b: int = 2


@dataclass
class Derived(Base):
    b: int = 20
    c: InitVar[int] = 0
    d: int = field(init=False)

    def __post_init__(self, c):
        self.d = self.a + c


print(Derived(1, c=5), [f.name for f in fields(Derived)])


@dataclass(kw_only=True)
class Keywords:
    x: int
    y: int = 1


@dataclass
class Mixed:
    x: int
    _: KW_ONLY
    y: int = 0


print(Keywords(x=1), Mixed(1, y=2))
for make in (lambda: Keywords(1), lambda: Mixed(1, 2), lambda: Item()):
    try:
        make()
    except TypeError as error:
        print(error)
for source in ("x: int = 1\n    y: int", "x: list = []", "x: int = field(default=1, default_factory=int)"):
    try:
        exec(f"@dataclass\nclass Bad:\n    {source}\n")
    except (TypeError, ValueError) as error:
        print(error)


@dataclass(eq=False, repr=False)
class Plain:
    x: int


print(Plain(1) == Plain(1), "Plain object" in repr(Plain(1)))


@dataclass
class Tree:
    value: int
    left: "Tree | None" = None
    right: "Tree | None" = None

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right

    def insert(self, value):
        side = "left" if value < self.value else "right"
        child = getattr(self, side)
        if child is None:
            setattr(self, side, Tree(value))
        else:
            child.insert(value)


tree = Tree(5)
for n in (2, 8, 1, 9, 3):
    tree.insert(n)
print(list(tree), tree.left)


@dataclass
class Recursive:
    me: object = None


r = Recursive()
r.me = r
print(r)


def local_class():
    x = 3

    @dataclass
    class Local:
        a: int = x

        def uses_closure(self):
            return x + self.a

    return Local


print(local_class()(4).uses_closure(), local_class()())


@dataclass(unsafe_hash=True)
class Hashable:
    a: int
    b: list = field(default_factory=list, hash=False)


print(hash(Hashable(1)) == hash(Hashable(1, [2])))


class Descriptor:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner):
        return 7 if instance is None else getattr(instance, self.name, "unset")

    def __set__(self, instance, value):
        setattr(instance, self.name, value)


@dataclass
class WithDescriptor:
    x: int = Descriptor()


print(WithDescriptor(), WithDescriptor(3).x)
match Version(3, 1):
    case Version(major=3, minor=m):
        print("matched", m)
