"""Comparisons: chains, what is evaluated, results that are not bool, identity, membership."""

log = []


def note(value):
    log.append(value)
    return value


def show(result):
    print(result, log)
    log.clear()


show(note(1) < note(2) < note(3))
show(note(1) > note(2) > note(3))
show(note(1) < note(3) < note(2) < note(9))
show(note(1) == note(1) != note(2) is not note(None))
show(note(1) in note([1]) in note([[1]]))
show(note("a") not in note("bc") < note("d"))
show(not note(1) < note(2))
show(note(1) < note(2) and note(3) > note(1) or note("no"))


class Value:
    def __init__(self, name, result):
        self.name, self.result = name, result

    def __lt__(self, other):
        log.append(f"{self.name}<{other.name}")
        return self.result

    def __gt__(self, other):
        log.append(f"{self.name}>{other.name}")
        return self.result

    def __eq__(self, other):
        log.append(f"{self.name}=={getattr(other, 'name', other)}")
        return self.result

    __hash__ = None


class Truth:
    def __init__(self, name, value):
        self.name, self.value = name, value

    def __bool__(self):
        log.append(f"bool {self.name}")
        return self.value

    def __repr__(self):
        return f"Truth({self.name})"


yes, no = Truth("yes", True), Truth("no", False)
a, b, c = Value("a", yes), Value("b", no), Value("c", "last")
show(a < b)
show(a < b < c)
show(b < a < c)
show(a < c < b)
show(c < b < a)
show(a == b == c)
show(a != b)
if a < b:
    show("if true")
if a < c < b:
    show("chain in if")
else:
    show("chain in if is false")
while b < a < c:
    break
show("while")
show([x for x in (1,) if a < a < b])
show("x" if b < c else "y")
show(not a < b < c)
show((a < b) < c if False else "parenthesized")
assert a < c < c
show("assert")


class Reflected:
    def __init__(self, name):
        self.name = name

    def __lt__(self, other):
        log.append(f"{self.name}.lt")
        return NotImplemented

    def __gt__(self, other):
        log.append(f"{self.name}.gt")
        return NotImplemented

    def __le__(self, other):
        return f"{self.name} le"


class Sub(Reflected):
    def __gt__(self, other):
        log.append(f"{self.name}.sub.gt")
        return "sub gt"

    def __ge__(self, other):
        return f"{self.name} sub ge"


base, sub = Reflected("base"), Sub("sub")
try:
    base < Reflected("other")
except TypeError as error:
    show(str(error))
show(base < sub)
show(sub > base)
show(base <= sub)
show(sub <= base)
show(5 == base)
show(base != 5)


class Contains:
    def __init__(self, result):
        self.result = result

    def __contains__(self, item):
        log.append(f"contains {item}")
        return self.result


show(1 in Contains("truthy"))
show(1 not in Contains([]))
show(1 in Contains(yes))
show(1 < 2 in Contains(0) in [False])


class OnlyIter:
    def __iter__(self):
        log.append("iter")
        return iter([1, 2, 3])


class OnlyGetitem:
    def __getitem__(self, i):
        log.append(i)
        if i > 2:
            raise IndexError
        return i * 10


class Nothing:
    __contains__ = None


show(2 in OnlyIter())
show(5 in OnlyIter())
show(20 in OnlyGetitem())
show(5 in OnlyGetitem())
for thing in (5, Nothing()):
    try:
        1 in thing
    except TypeError as error:
        print(error)
nan = float("nan")
print(nan == nan, nan in [nan], [nan] == [nan], nan < nan, nan != nan, (nan,) == (nan,))
print(None is None is not True, [] is not [] != ())
print([1, 2] < [1, 3] < [2], (1, "a") < (1, "b"), "a" < "b" < "c", {1} < {1, 2} <= {1, 2})
print(True == 1 == 1.0 == 1 + 0j, 1 < 2.5 < 3, -0.0 == 0.0, 10**20 > 1e19 > 1)


def in_function(x, y, z):
    return x < y < z, x < y > z, x == y in [z], (x < y) == (y < z), x is y is z


print(in_function(1, 2, 3), in_function(3, 3, 3))


def side_effects(values):
    iterator = iter(values)
    return next(iterator) < next(iterator) < next(iterator), list(iterator)


print(side_effects([1, 2, 3, 4, 5]), side_effects([2, 1, 3, 4, 5]))


def raises_in_middle():
    try:
        note(1) < note("a") < note(3)
    except TypeError as error:
        show(str(error))


raises_in_middle()
