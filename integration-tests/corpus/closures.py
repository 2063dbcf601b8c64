"""Closures: cells shared, made late, read from several depths, and emptied."""


def counter(start):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    def peek():
        return count

    return step, peek


step, peek = counter(10)
print(step(), step(5), peek())
other_step, other_peek = counter(0)
print(other_step(), peek(), other_peek())
print(step.__code__.co_freevars, peek.__code__.co_freevars)
print([cell.cell_contents for cell in step.__closure__])
print(step.__closure__[0] is peek.__closure__[0])


def late_binding():
    functions = []
    for i in range(3):
        functions.append(lambda: i)
    i = 99
    return [f() for f in functions]


def early_binding():
    return [f() for f in [lambda i=i: i for i in range(3)]]


def comprehension_binding():
    return [f() for f in [lambda: i for i in range(3)]]


print(late_binding(), early_binding(), comprehension_binding())


def deep(a):
    b = a * 2

    def one(c):
        d = c + b

        def two(e):
            def three():
                return a, b, c, d, e

            return three

        return two

    return one


print(deep(1)(10)(100)())
print(deep(1)(10).__code__.co_freevars, deep(1)(10)(5).__code__.co_freevars)


def argument_is_cell(x, *args, key=None, **kwargs):
    def show():
        return x, args, key, sorted(kwargs.items())

    x = x + 1
    args = args[::-1]
    return show


print(argument_is_cell(1, 2, 3, key="k", z=26, y=25)())


def empty_cell():
    def inner():
        return later

    try:
        inner()
    except NameError as error:
        print(type(error).__name__, error)
    later = "now"
    print(inner())
    del later
    try:
        inner()
    except NameError as error:
        print(type(error).__name__, error)
    try:
        later
    except UnboundLocalError as error:
        print(type(error).__name__, error)
    later = "again"
    return inner


print(empty_cell()())


def recursive_closure():
    def fact(n):
        return 1 if n < 2 else n * fact(n - 1)

    return fact


print(recursive_closure()(20))


def mutual():
    def even(n):
        return True if n == 0 else odd(n - 1)

    def odd(n):
        return False if n == 0 else even(n - 1)

    return even, odd


even, odd = mutual()
print(even(10), odd(10), even.__code__.co_freevars, odd.__code__.co_freevars)


def closure_over_exception_and_with():
    class Context:
        def __enter__(self):
            return "entered"

        def __exit__(self, *details):
            return True

    with Context() as value:
        read = lambda: value
        raise KeyError("gone")
    try:
        raise ValueError("text")
    except ValueError as error:
        message = lambda: str(error)
        print(message())
    try:
        message()
    except NameError as error2:
        print(error2)
    return read()


print(closure_over_exception_and_with())


def generator_closure(limit):
    total = 0

    def numbers():
        nonlocal total
        for n in range(limit):
            total += n
            yield n, total

    return list(numbers()), total


print(generator_closure(5))


def class_in_function(prefix):
    class Thing:
        label = prefix + "!"

        def name(self):
            return prefix, self.label

        def prefix_of_class(self):
            return Thing.label

    return Thing


print(class_in_function("a")().name(), class_in_function("b")().prefix_of_class())


def delete_and_rebind():
    x = 1

    def reader():
        return x

    del x
    x = 2
    return reader()


print(delete_and_rebind())
