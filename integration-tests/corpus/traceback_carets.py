"""The marks under a traceback's source lines: one failing expression of each kind."""

import os
import re
import traceback
import types


class Thing:
    attribute = None

    def __getitem__(self, key):
        return self

    def __iter__(self):
        raise RuntimeError("not iterable today")


thing = Thing()
zero, text, nothing, items, table = 0, "text", None, [1, 2], {"k": 1}


def binary():
    return 1 + 2 * 3 / zero - 4


def binary_types():
    return (text + "a") + items + (nothing)


def unary():
    return 5 - (-text)


def compare():
    return 1 < 2 < text < 4


def subscript():
    return items[0] + items[10] + items[1]


def nested_subscript():
    return table["k"]["deeper"]["still"]


def attribute():
    return thing.attribute.missing.more


def call():
    return len(text) + nothing(1, key=2) + 3


def call_chain():
    return text.upper().lower().missing().strip()


def call_arguments():
    return max(
        1,
        int("not a number"),
        key=None,
    )


def multi_line():
    return (
        1
        + 2
        + items
        + 3
    )


def name():
    return text + undefined_name + "x"


def unpack():
    a, b, c = items


def unpack_star():
    return [*items, *nothing]


def double_star():
    return dict(**table, **nothing)


def delete():
    del table["k2"], items[0]


def delete_attribute():
    del thing.attribute.x


def augmented():
    items[5] += 1


def augmented_attribute():
    thing.attribute.x += 1


def store_subscript():
    text[0] = "a"


def store_attribute():
    nothing.x = 1; items.y = 2


def store_slice():
    items[zero:text] = [1]


def raise_statement():
    raise ValueError("raised " + text) from None


def assertion():
    assert zero, f"message {text}"


def assertion_plain():
    assert (
        items == []
    )


def for_loop():
    for x in thing:
        pass


def while_condition():
    while items[0] + text:
        pass


def with_statement():
    with text as t:
        pass


def f_string():
    return f"before {text} {1 / zero:.2f} after"


def comprehension():
    return [x / zero for x in items if x]


def dict_display():
    return {"a": 1, [1]: 2}


def set_display():
    return {1, 2, {}}


def conditional():
    return 1 if text.missing else 2


def lambda_body():
    return (lambda v: v.nothing)(5)


def boolean():
    return zero or items and text.missing and True


def walrus():
    return (y := 1 / zero) + 1


def import_name():
    import no_such_module.inside


def import_from():
    from collections import no_such_name, deque


def keyword_only():
    return sorted(items, reverse=1 / zero)


def decorator():
    @nothing.decorate
    def inner():
        pass


def default():
    def inner(x=1 / zero):
        pass


def class_bases():
    class Inner(5 + nothing):
        pass


def class_body():
    class Inner:
        x = 1
        y = x / zero


def match_statement():
    match items:
        case [x, y] if x / zero:
            pass


def match_class():
    match items:
        case text():
            pass


def slice_expression():
    return items[zero : text : 2]


def matrix():
    return thing @ 5


def power():
    return 2 ** text


def in_operator():
    return 1 in 5


def unicode_line():
    return "é日本" + zero + "ü"


def tabs_and_spaces():
    return  (  items  )  [  10  ]


def long_line():
    return "a long string that pushes the operation to the right" + " and further" + str(1 / zero) + "end"


def statement_after():
    x = 1; y = x / zero; z = 3


def nested_calls():
    return str(int(str(abs(items[len(items)]))))


def yield_value():
    list(generator())


def generator():
    yield 1, 1 / zero


def type_annotation():
    x: int = 1 / zero


def return_tuple():
    return 1, 2, items[9], 3


def global_statement():
    global new_global
    new_global = nothing[0]


FUNCTIONS = [
    value
    for value in list(globals().values())
    if isinstance(value, types.FunctionType) and value is not generator
]
for function in FUNCTIONS:
    try:
        function()
        print(function.__name__, "did not fail")
    except Exception as error:
        text = traceback.format_exc().replace(__file__, os.path.basename(__file__))
        lines = re.sub(r"\(/.*\)", "(path)", text).splitlines()
        start = next(i for i, line in enumerate(lines) if f"in {function.__name__}" in line)
        print(*lines[start:], sep="\n")
