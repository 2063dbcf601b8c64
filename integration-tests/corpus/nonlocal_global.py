"""`global` and `nonlocal`: which variable a name means at each depth."""

level = "module"
created = None


def shadow():
    level = "function"

    def inner():
        return level

    def skip():
        global level
        return level

    return level, inner(), skip()


print(shadow())


def write_global():
    global level, made_here
    level = level + "+"
    made_here = "made"


write_global()
print(level, made_here)


def chain():
    x = 0

    def a():
        nonlocal x
        x += 1

        def b():
            nonlocal x
            x += 10

            def c():
                nonlocal x
                x += 100

            c()

        b()

    a()
    a()
    return x


print(chain())


def nearest():
    x = "outer"

    def middle():
        x = "middle"

        def inner():
            nonlocal x
            x = "changed"

        inner()
        return x

    return middle(), x


print(nearest())


def global_between():
    level = "function"

    def inner():
        global level

        def innermost():
            return level

        level = "set from inner"
        return innermost()

    return inner(), level


print(global_between(), level)


def global_in_class():
    class A:
        global created
        created = "from class body"
        own = 1

    return sorted(name for name in vars(A) if not name.startswith("__"))


print(global_in_class(), created)


def nonlocal_in_class():
    x = 1

    class A:
        nonlocal x
        x = 2
        y = x

    return x, A.y, "x" in vars(A)


print(nonlocal_in_class())


def global_targets():
    global g1, g2, g3, g4, g5
    for g1 in range(3):
        pass
    with open(__file__, encoding="utf-8") as g2:
        pass
    import os.path as g3
    g4, *g5 = "abc"

    def g6():
        pass


global_targets()
print(g1, g2.closed, g3.__name__ in ("posixpath", "ntpath"), g4, g5, "g6" in globals())


def delete_global():
    global g1
    del g1


delete_global()
try:
    g1
except NameError as error:
    print(error, error.name)
try:
    delete_global()
except NameError as error:
    print(error)


def global_exception_name():
    global caught
    try:
        1 / 0
    except ZeroDivisionError as caught:
        print("caught is", "caught" in globals())
    print("caught is", "caught" in globals())


global_exception_name()


def global_function_and_class():
    global Made, make

    class Made:
        def method(self):
            pass

    def make():
        pass


global_function_and_class()
print(Made.__qualname__, make.__qualname__, Made.method.__qualname__)


def augmented_without_declaration():
    try:
        level += "x"
    except UnboundLocalError as error:
        print(error)


augmented_without_declaration()
len = lambda thing: "my len"
print(len([]))
del len
print(len([]))
