"""pickle and copy of a program's own classes, functions, exceptions and recursive structures."""

import copy
import enum
import pickle
from collections import namedtuple
from dataclasses import dataclass, field


class Plain:
    def __init__(self, a):
        self.a = a

    def __eq__(self, other):
        return type(self) is type(other) and vars(self) == vars(other)

    def method(self):
        return self.a


class WithState:
    def __init__(self, a):
        self.a, self.cache = a, "expensive"

    def __getstate__(self):
        return {"a": self.a}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.cache = "rebuilt"


class WithReduce:
    def __init__(self, *args):
        self.args = args

    def __reduce__(self):
        return WithReduce, self.args, {"extra": True}


class Slots:
    __slots__ = ("x", "y")

    def __init__(self, x):
        self.x = x


class NewArgs(tuple):
    def __new__(cls, a, b):
        return super().__new__(cls, (a, b))

    def __getnewargs__(self):
        return tuple(self)


@dataclass
class Data:
    name: str
    items: list = field(default_factory=list)


class Color(enum.Enum):
    RED = 1


Point = namedtuple("Point", "x y")


class CustomError(Exception):
    def __init__(self, code, detail=""):
        super().__init__(code, detail)
        self.code = code


class Outer:
    class Inner:
        value = 5


def function(x):
    return x + 1


def there_and_back(value):
    return [pickle.loads(pickle.dumps(value, protocol)) for protocol in (0, 2, 5)][-1]


print(there_and_back(Plain([1, 2])) == Plain([1, 2]), there_and_back(WithState(3)).__dict__)
w = there_and_back(WithReduce(1, "b"))
print(w.args, w.extra, there_and_back(NewArgs(1, 2)), there_and_back(Data("n", [1])), there_and_back(Point(1, 2)))
s = pickle.loads(pickle.dumps(Slots(7)))
print(s.x, hasattr(s, "y"), there_and_back(Color.RED) is Color.RED, there_and_back(function) is function)
print(there_and_back(Outer.Inner) is Outer.Inner, there_and_back(Plain) is Plain, there_and_back(Plain(4).method)())
error = there_and_back(CustomError(5, "d"))
print(repr(error), error.code, there_and_back([function, len, Plain.method])[0](1))
for bad in (lambda: 0, (x for x in ()), type("Dynamic", (), {})()):
    try:
        pickle.dumps(bad)
    except (pickle.PicklingError, TypeError, AttributeError) as problem:
        print(type(problem).__name__)


def local_class():
    class Local:
        pass

    return Local()


try:
    pickle.dumps(local_class())
except (pickle.PicklingError, AttributeError) as problem:
    print("local classes cannot be pickled")

shared = [1]
pair = there_and_back([shared, shared])
print(pair[0] is pair[1])
cycle = Plain(None)
cycle.a = cycle
back = there_and_back(cycle)
print(back.a is back)

original = Plain([1, [2]])
shallow, deep = copy.copy(original), copy.deepcopy(original)
print(shallow.a is original.a, deep.a is original.a, deep == original)


class Copies:
    def __copy__(self):
        return "copied"

    def __deepcopy__(self, memo):
        return f"deep copied with memo {isinstance(memo, dict)}"


print(copy.copy(Copies()), copy.deepcopy([Copies()]), copy.deepcopy(function) is function)
graph = {"a": []}
graph["a"].append(graph)
copied = copy.deepcopy(graph)
print(copied["a"][0] is copied, copied is not graph, copy.copy(Slots(1)).x, copy.deepcopy(Data("d", [[1]])))


class Persistent(pickle.Pickler):
    def reducer_override(self, obj):
        if obj is function:
            return str, ("replaced function",)
        return NotImplemented


import io

buffer = io.BytesIO()
Persistent(buffer).dump({"f": function})
print(pickle.loads(buffer.getvalue()))
