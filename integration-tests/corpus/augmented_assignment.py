"""Augmented assignment: every operator, in-place methods, targets evaluated once, failures."""

x = 10
x += 1; x -= 2; x *= 3; x //= 2; x %= 7; x **= 2; x <<= 3; x >>= 1; x |= 1; x &= 0xFF; x ^= 2
print(x)
x /= 4
print(x)


class Matrix:
    def __init__(self, name):
        self.name = name

    def __matmul__(self, other):
        return Matrix(f"{self.name}@{other.name}")

    def __imatmul__(self, other):
        self.name += f"@={other.name}"
        return self


m = Matrix("m")
same = m
m @= Matrix("n")
print(m.name, m is same, (m @ Matrix("o")).name)

log = []


class InPlace:
    def __init__(self, value):
        self.value = value

    def __iadd__(self, other):
        log.append(f"iadd {other}")
        self.value += other
        return self

    def __add__(self, other):
        log.append("add")
        return InPlace(self.value + other)

    def __isub__(self, other):
        log.append("isub returns something else")
        return "replaced"

    def __imul__(self, other):
        return NotImplemented

    def __mul__(self, other):
        log.append("mul after imul")
        return "product"


a = b = InPlace(1)
a += 5
print(a is b, a.value, log)
a -= 1
print(a, b.value)
b *= 2
print(b, log)


class Target:
    def __init__(self):
        self.items = {}

    def __getitem__(self, key):
        log.append(f"get {key}")
        return self.items.get(str(key), 0)

    def __setitem__(self, key, value):
        log.append(f"set {key} {value}")
        self.items[str(key)] = value

    def __getattr__(self, name):
        log.append(f"getattr {name}")
        return 100

    def __setattr__(self, name, value):
        if name != "items":
            log.append(f"setattr {name} {value}")
        self.__dict__[name] = value


def once(value, label):
    log.append(label)
    return value


log.clear()
t = Target()
once(t, "object")[once("k", "key")] += once(5, "value")
once(t, "object").attribute -= once(1, "value")
once(t, "object")[once(1, "lower") : once(2, "upper")] *= once(2, "value")
print(*log, sep="; ")

numbers = [1, 2, 3, 4]
alias = numbers
numbers += [5]
numbers[1:3] += [20, 30]
numbers[0] *= 10
numbers *= 2
print(numbers, alias is numbers)
t1 = t2 = (1, 2)
t1 += (3,)
print(t1, t2)
s1 = s2 = {1}
s1 |= {2}
s1 ^= {1, 3}
s1 &= {2, 3}
s1 -= {3}
print(s1, s1 is s2)
d1 = d2 = {"a": 1}
d1 |= {"b": 2}
d1 |= [("c", 3)]
print(d1, d1 is d2)
string = "ab"
string += "cd"
string *= 2
string %= () if False else ()
print(string)
values = ([1], 2)
try:
    values[0] += [9]
except TypeError as error:
    print(error, values)


class ReadOnly:
    items = [1]

    @property
    def value(self):
        return self.items


r = ReadOnly()
try:
    r.value += [2]
except AttributeError as error:
    print(type(error).__name__, r.value)
r.items += [3]
print("items" in vars(r), ReadOnly.items is r.items, ReadOnly.items)


def local(n):
    total = 0
    for i in range(n):
        total += i
        total ^= i << 1
    return total


def cell():
    count = 0

    def add(n):
        nonlocal count
        count += n
        return count

    return add(1), add(2), count


counter = 0


def global_name():
    global counter
    counter += 1
    counter *= 10


global_name()
print(local(100), cell(), counter)


def errors():
    for source in ("u += 1", "n = None; n += 1", "n = 5; n += 'a'", "n = 'a'; n -= 'a'", "n = []; n += 5",
                   "n = 1; n @= 2", "n = (); n[0] += 1", "n = {}; n['k'] += 1", "n = 1; n.x += 1",
                   "n = 2.0; n <<= 1", "n = {}; n |= 5", "n = 1; n //= 0", "n = 1; n **= 'a'"):  # fmt: skip
        try:
            exec(source, {})
        except Exception as error:
            print(f"{source}: {type(error).__name__} {error}")


errors()


class Body:
    total = 1
    total += 2
    total <<= total
    names = ["a"]
    names += ["b"]


print(Body.total, Body.names)


class Index:
    def __index__(self):
        log.append("index")
        return 1


log.clear()
sequence = [1, 2, 3]
sequence[Index()] += 10
print(sequence, log)
nested = {"a": {"b": [1, {"c": 2}]}}
nested["a"]["b"][1]["c"] += 40
nested["a"]["b"] += [once(3, "x")]
print(nested)
box = Matrix("box")
box.inner = Matrix("inner")
box.inner.name += "!"
print(box.inner.name)


def value_changes_target():
    x = [1]

    def grow():
        nonlocal x
        x = [100]
        return [2]

    x += grow()
    y = 1
    y += (y := 10)
    return x, y


print(value_changes_target())
