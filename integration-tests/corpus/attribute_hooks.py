"""`__getattribute__`, `__getattr__`, `__setattr__`, `__delattr__`, `__dir__`; special lookup."""


class Logged:
    def __init__(self):
        self.a = 1

    def __getattribute__(self, name):
        if not name.startswith("__"):
            print("getattribute", name)
        return super().__getattribute__(name)

    def __getattr__(self, name):
        print("getattr", name)
        if name == "refused":
            raise AttributeError(f"no {name}")
        return name * 2

    def __setattr__(self, name, value):
        print("setattr", name, "a file" if name == "file" else value)
        super().__setattr__(name, value)

    def __delattr__(self, name):
        print("delattr", name)
        super().__delattr__(name)

    def method(self):
        return "method result"


o = Logged()
print(o.a)
print(o.ab)
o.a += 1
o.b = o.c = 5
del o.b
print(o.method())
print(hasattr(o, "refused"), getattr(o, "refused", "default"))
try:
    o.refused
except AttributeError as error:
    print("error:", error)
for o.loop in range(2):
    pass
with open(__file__, encoding="utf-8") as o.file:
    pass
[o.x, *o.rest] = [1, 2, 3]
print(vars(o)["rest"])
setattr(o, "dynamic", 1)
delattr(o, "dynamic")


class Special:
    """Special methods are looked up on the type, not the instance."""

    def __getattribute__(self, name):
        print("never for", name)
        return super().__getattribute__(name)

    def __len__(self):
        return 3


s = Special()
object.__setattr__(s, "__len__", lambda: 99)
print(len(s), object.__getattribute__(s, "__len__")())


class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "_target", target)

    def __getattr__(self, name):
        return getattr(self._target, name)

    def __setattr__(self, name, value):
        setattr(self._target, name, value)


class Plain:
    greeting = "hello"


target = Plain()
proxy = Proxy(target)
proxy.greeting = "changed"
print(target.greeting, proxy.greeting, Plain.greeting)
try:
    len(proxy)
except TypeError as error:
    print(error)


class WithDir:
    def __dir__(self):
        return ["zebra", "ant"]


print(dir(WithDir()))


class ErrorInGetattr:
    @property
    def value(self):
        return self.missing_inside

    def __getattr__(self, name):
        raise AttributeError(f"getattr asked for {name}", name=name, obj=self)


try:
    ErrorInGetattr().value
except AttributeError as error:
    print(error, error.name)


class Other:
    def __getattribute__(self, name):
        raise KeyError(name)


try:
    hasattr(Other(), "x")
except KeyError as error:
    print("KeyError", error)


class AttributeOrder:
    pass


log = []


def note(label, value):
    log.append(label)
    return value


note("object", AttributeOrder()).attribute = note("value", 1)
note("object", AttributeOrder).attribute, note("other", AttributeOrder).second = note("v", (1, 2))
note("object", AttributeOrder).attribute += note("value", 1)
print(log, AttributeOrder.attribute, AttributeOrder.second)

import sys

module = type(sys)("generated")
module.__getattr__ = lambda name: f"module attribute {name}"
print(module.anything, module.__name__)
try:
    sys.no_such_thing
except AttributeError as error:
    print(error)
try:
    (1).real = 2
except AttributeError as error:
    print(error)
try:
    int.new_attribute = 1
except TypeError as error:
    print(error)
