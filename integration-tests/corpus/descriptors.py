"""Descriptors: data and non-data, on classes and instances, functions as descriptors."""


class Data:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return f"class access of {self.name} on {owner.__name__}"
        return instance.__dict__.get(self.name, "unset")

    def __set__(self, instance, value):
        print("set", self.name, value)
        instance.__dict__[self.name] = value

    def __delete__(self, instance):
        print("delete", self.name)
        del instance.__dict__[self.name]


class NonData:
    def __get__(self, instance, owner):
        return ("non-data", instance is not None, owner.__name__)


class Owner:
    data = Data()
    non_data = NonData()


o = Owner()
print(o.data, Owner.data)
o.data = 1
print(o.data, o.__dict__)
o.__dict__["data"] = 2
print(o.data)
del o.data
print(o.data)
print(o.non_data, Owner.non_data)
o.non_data = "instance wins"
print(o.non_data)
del o.non_data
print(o.non_data)
o.data += "ed"
print(o.data)


class Sub(Owner):
    data = "plain attribute hides the descriptor"


s = Sub()
s.data = "instance"
print(s.data, Sub.data)


class ReadOnly:
    def __get__(self, instance, owner):
        return 42

    def __set__(self, instance, value):
        raise AttributeError("read only")


class Holder:
    attribute = ReadOnly()


try:
    Holder().attribute = 1
except AttributeError as error:
    print(error)
try:
    del Holder().attribute
except AttributeError as error:
    print(error)
Holder.attribute = "replaced on the class"
print(Holder().attribute)


def function(self, *args):
    return self, args


bound = function.__get__("me")
print(bound(1), bound.__self__, type(bound).__name__, function.__get__(None, str) is function)


class Lazy:
    """Computes once, then stands aside: a non-data descriptor."""

    def __init__(self, compute):
        self.compute = compute

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.compute(instance)
        return value


class Report:
    @Lazy
    def total(self):
        print("computing")
        return 10


r = Report()
print(r.total, r.total, type(Report.total).__name__)


class Typed:
    def __init__(self, kind):
        self.kind = kind

    def __set_name__(self, owner, name):
        self.storage = "_" + name

    def __get__(self, instance, owner):
        return self if instance is None else getattr(instance, self.storage)

    def __set__(self, instance, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.storage[1:]} must be {self.kind.__name__}")
        setattr(instance, self.storage, value)


class Person:
    name = Typed(str)
    age = Typed(int)

    def __init__(self, name, age):
        self.name = name
        self.age = age


print(vars(Person("Ann", 30)))
try:
    Person("Ann", "thirty")
except TypeError as error:
    print(error)


class RaisingGet:
    def __get__(self, instance, owner):
        raise AttributeError("from __get__")


class Fallback:
    broken = RaisingGet()

    def __getattr__(self, name):
        return f"fallback for {name}"


print(Fallback().broken, Fallback().missing, getattr(Fallback, "broken", "default"))


class Meta(type):
    tag = Data()


class WithMeta(metaclass=Meta):
    pass


try:
    print(WithMeta.tag)
except TypeError as error:
    print("TypeError", error)
print(hasattr(WithMeta(), "tag"))


class Prop:
    def __init__(self):
        self._v = 0

    v = property(lambda self: self._v, doc="the value")

    @v.setter
    def v(self, value):
        self._v = value


p = Prop()
p.v += 5
print(p.v, Prop.v.__doc__, Prop.v.fdel)
try:
    del p.v
except AttributeError as error:
    print(error)


class ClassProperty:
    def __init__(self, f):
        self.f = f

    def __get__(self, instance, owner):
        return self.f(owner)


class WithClassProperty:
    @ClassProperty
    def name(cls):
        return cls.__name__.lower()


class Lower(WithClassProperty):
    pass


print(WithClassProperty.name, Lower.name, Lower().name)


class CallableDescriptor:
    def __get__(self, instance, owner):
        return lambda *args: ("called", args)


class SpecialNames:
    __len__ = CallableDescriptor()
    __contains__ = CallableDescriptor()


print("x" in SpecialNames(), SpecialNames().__contains__(5))
try:
    len(SpecialNames())
except TypeError as error:
    print(error)
