"""The operation table of the IR. Printer, verifier, evaluator and the LLVM emitter derive from it.

A row: argument types, result type, whether it is pure (no memory, no effect, removable), meaning.
Operations ending in `_checked` and `guard` leave the region through their exit when they cannot go
on; nothing has happened then.
"""

from __future__ import annotations

from .types import F64, I1, I64, PTR, Type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import Enum
else:
    from tauraro_frontend.bytecode.records import Enum


class Op(Enum):
    """The operations. `text` is an operation's name in the IR's text; a `checked` one has an
    exit."""

    text: str
    arguments: tuple[Type, ...]
    result: Type | None
    pure: bool
    checked: bool
    doc: str

    def __new__(
        cls, text: str, arguments: tuple[Type, ...], result: Type | None, pure: bool, doc: str
    ) -> Op:
        member = object.__new__(cls)
        member.text = text
        member.arguments = arguments
        member.result = result
        member.pure = pure
        member.checked = text.endswith("_checked") or text == "guard"
        member.doc = doc
        return member

    # fmt: off
    # --- constants (attr: the value)
    CONST_INT = "const_int", (), I64, True, "an integer"
    CONST_FLOAT = "const_float", (), F64, True, "a double"
    CONST_BOOL = "const_bool", (), I1, True, "a truth value"
    CONST_OBJECT = "const_object", (), PTR, True, "the address of an object that the code keeps alive"
    SLOT_INT = "slot_int", (), I64, False, "an input slot (attr: its number)"
    SLOT_FLOAT = "slot_float", (), F64, False, "an input slot (attr: its number)"
    SLOT_OBJECT = "slot_object", (), PTR, False, "an input slot (attr: its number)"
    # --- integers
    ADD_CHECKED = "add_checked", (I64, I64), I64, False, "a + b; exit on overflow"
    SUB_CHECKED = "sub_checked", (I64, I64), I64, False, "a - b; exit on overflow"
    MUL_CHECKED = "mul_checked", (I64, I64), I64, False, "a * b; exit on overflow"
    UADD_CHECKED = "uadd_checked", (I64, I64), I64, False, "a + b, all unsigned; exit on overflow"
    USUB_CHECKED = "usub_checked", (I64, I64), I64, False, "a - b, all unsigned; exit if a < b"
    UMUL_CHECKED = "umul_checked", (I64, I64), I64, False, "a * b, all unsigned; exit on overflow"
    POWER_CHECKED = "power_checked", (I64, I64), I64, False, "a ** b; exit on overflow, or if b < 0"
    POWER_MOD_CHECKED = "power_mod_checked", (I64, I64, I64), I64, False, "pow(a, b, c); exit if b < 0, or unless 0 < c <= 2**32"
    GCD_CHECKED = "gcd_checked", (I64, I64), I64, False, "the greatest common divisor; exit on overflow"
    ROOT_CHECKED = "root_checked", (I64,), I64, False, "the square root, rounded down; exit if a < 0"
    ADD = "add", (I64, I64), I64, True, "a + b, the low 64 bits"
    SUB = "sub", (I64, I64), I64, True, "a - b, the low 64 bits"
    MUL = "mul", (I64, I64), I64, True, "a * b, the low 64 bits"
    FLOOR_DIV = "floor_div", (I64, I64), I64, True, "a // b; b is not 0, the result fits"
    FLOOR_MOD = "floor_mod", (I64, I64), I64, True, "a % b with the sign of b; b is not 0"
    UDIV = "udiv", (I64, I64), I64, True, "a // b, all unsigned; b is not 0"
    UMOD = "umod", (I64, I64), I64, True, "a % b, all unsigned; b is not 0"
    AND = "and", (I64, I64), I64, True, "a & b"
    OR = "or", (I64, I64), I64, True, "a | b"
    XOR = "xor", (I64, I64), I64, True, "a ^ b"
    SHIFT_LEFT = "shl", (I64, I64), I64, True, "a << b, 0 <= b < 64, high bits lost"
    SHIFT_RIGHT = "ashr", (I64, I64), I64, True, "a >> b, 0 <= b < 64"
    USHIFT_RIGHT = "lshr", (I64, I64), I64, True, "a >> b, a unsigned, 0 <= b < 64"
    INT_EQ = "int_eq", (I64, I64), I1, True, "a == b"
    INT_NE = "int_ne", (I64, I64), I1, True, "a != b"
    INT_LT = "int_lt", (I64, I64), I1, True, "a < b"
    INT_LE = "int_le", (I64, I64), I1, True, "a <= b"
    INT_GT = "int_gt", (I64, I64), I1, True, "a > b"
    INT_GE = "int_ge", (I64, I64), I1, True, "a >= b"
    UINT_LT = "uint_lt", (I64, I64), I1, True, "a < b, both unsigned: 0 <= a < b in one test"
    SELECT_INT = "select_int", (I1, I64, I64), I64, True, "a ? b : c"
    # --- floats
    FADD = "fadd", (F64, F64), F64, True, "a + b"
    FSUB = "fsub", (F64, F64), F64, True, "a - b"
    FMUL = "fmul", (F64, F64), F64, True, "a * b"
    FDIV = "fdiv", (F64, F64), F64, True, "a / b"
    FNEG = "fneg", (F64,), F64, True, "-a"
    FREM = "frem", (F64, F64), F64, True, "fmod(a, b)"
    FLOAT_EQ = "float_eq", (F64, F64), I1, True, "a == b"
    FLOAT_NE = "float_ne", (F64, F64), I1, True, "a != b (true for nan)"
    FLOAT_LT = "float_lt", (F64, F64), I1, True, "a < b"
    FLOAT_LE = "float_le", (F64, F64), I1, True, "a <= b"
    FLOAT_GT = "float_gt", (F64, F64), I1, True, "a > b"
    FLOAT_GE = "float_ge", (F64, F64), I1, True, "a >= b"
    SELECT_FLOAT = "select_float", (I1, F64, F64), F64, True, "a ? b : c"
    CALL1 = "call1", (F64,), F64, True, "a function of libm (attr: its name)"
    CALL2 = "call2", (F64, F64), F64, True, "a function of libm (attr: its name)"
    # --- truth values
    NOT = "not", (I1,), I1, True, "not a"
    BOTH = "both", (I1, I1), I1, True, "a and b, both evaluated"
    EITHER = "either", (I1, I1), I1, True, "a or b, both evaluated"
    DIFFER = "differ", (I1, I1), I1, True, "a != b"
    # --- conversions
    INT_TO_FLOAT = "int_to_float", (I64,), F64, True, "nearest double"
    UINT_TO_FLOAT = "uint_to_float", (I64,), F64, True, "nearest double of an unsigned"
    FLOAT_TO_INT = "float_to_int", (F64,), I64, True, "toward zero; in range"
    BOOL_TO_INT = "bool_to_int", (I1,), I64, True, "0 or 1"
    # --- objects
    LIST_SIZE = "list_size", (PTR,), I64, False, "len of a list or tuple"
    LIST_ITEMS = "list_items", (PTR,), PTR, False, "the item array of a list"
    TUPLE_ITEMS = "tuple_items", (PTR,), PTR, False, "the item array of a tuple"
    ITEM = "item", (PTR, I64), PTR, False, "items[i], borrowed"
    IS_TYPE = "is_type", (PTR,), I1, False, "whether the exact type is attr"
    IS_OBJECT = "is_object", (PTR, PTR), I1, True, "identity"
    UNBOX_FLOAT = "unbox_float", (PTR,), F64, False, "the value of a float"
    UNBOX_INT_CHECKED = "unbox_int_checked", (PTR,), I64, False, "the value of an int; exit if it is too long"
    STORE_FLOAT = "store_float", (PTR, I64, F64), None, False, "items[i] = a float, in its old box if nobody else holds it"
    STORE_INT = "store_int", (PTR, I64, I64), None, False, "items[i] = an int"
    REPLACE_FLOAT = "replace_float", (PTR, I64, F64), None, False, "items[i] = a float, where a float is"
    REPLACE_INT = "replace_int", (PTR, I64, I64), None, False, "items[i] = an int, where an int is"
    STORE_BOOL = "store_bool", (PTR, I64, I1), None, False, "items[i] = a bool"
    APPEND_INT = "append_int", (PTR, I64), None, False, "append an int to a list"
    APPEND_FLOAT = "append_float", (PTR, F64), None, False, "append a float to a list"
    APPEND_BOOL = "append_bool", (PTR, I1), None, False, "append a bool to a list"
    APPEND = "append", (PTR, PTR), None, False, "append an object to a list"
    PUT = "put", (PTR, I64, PTR), None, False, "items[i] = an object; what it replaces is owned from then on"
    EXTEND = "extend", (PTR, PTR), None, False, "append the items of a list or tuple to a list"
    INSERT_INT = "insert_int", (PTR, I64, I64), None, False, "insert an int before item b, any number"
    INSERT_FLOAT = "insert_float", (PTR, I64, F64), None, False, "insert a float before item b, any number"
    INSERT_BOOL = "insert_bool", (PTR, I64, I1), None, False, "insert a bool before item b, any number"
    REVERSE = "reverse", (PTR,), None, False, "turn a list round"
    SORT = "sort", (PTR,), None, False, "sort a list of numbers of one type"
    CLEAR = "clear", (PTR,), None, False, "drop the items of a list; that runs no code of the program"
    SHRINK = "shrink", (PTR, I64), None, False, "drop the last item of a list, a number; b is its size then"
    TAKE = "take", (PTR, I64), None, False, "drop the last item of a list, which is owned from then on; b is its size then"
    SET_PART = "set_part", (PTR, I64, I64, PTR), None, False, "the items of a list from b up to c, all numbers, become those of a list or tuple"
    DELETE = "delete", (PTR, I64), None, False, "drop item b of a list, a number"
    # --- new objects, owned: kept alive until a `release`
    NEW_LIST_CHECKED = "new_list_checked", (), PTR, False, "an empty list; exit if memory runs out, as all of these"
    REPEAT_INT_CHECKED = "repeat_int_checked", (I64, I64), PTR, False, "[a] * b, b >= 0"
    REPEAT_FLOAT_CHECKED = "repeat_float_checked", (F64, I64), PTR, False, "[a] * b, b >= 0"
    REPEAT_BOOL_CHECKED = "repeat_bool_checked", (I1, I64), PTR, False, "[a] * b, b >= 0"
    LIST_PART_CHECKED = "list_part_checked", (PTR, I64, I64), PTR, False, "the items of a list from b up to c, as a list"
    TUPLE_PART_CHECKED = "tuple_part_checked", (PTR, I64, I64), PTR, False, "the items of a tuple from b up to c, as a tuple"
    TO_LIST_CHECKED = "to_list_checked", (PTR,), PTR, False, "a list of the items of a list or tuple"
    TO_TUPLE_CHECKED = "to_tuple_checked", (PTR,), PTR, False, "a tuple of the items of a list"
    CONCAT_CHECKED = "concat_checked", (PTR, PTR), PTR, False, "a + b, two lists or two tuples"
    NEW_TUPLE_CHECKED = "new_tuple_checked", (I64,), PTR, False, "a tuple of a items, which are filled in at once"
    TUPLE_FILL_INT = "tuple_fill_int", (PTR, I64, I64), None, False, "item b of a tuple that is being made is an int"
    TUPLE_FILL_FLOAT = "tuple_fill_float", (PTR, I64, F64), None, False, "item b of a tuple that is being made is a float"
    TUPLE_FILL_BOOL = "tuple_fill_bool", (PTR, I64, I1), None, False, "item b of a tuple that is being made is a bool"
    TUPLE_FILL_OBJECT = "tuple_fill_object", (PTR, I64, PTR), None, False, "item b of a tuple that is being made is an object"
    NEW_DICT_CHECKED = "new_dict_checked", (), PTR, False, "an empty dict"
    NEW_SET_CHECKED = "new_set_checked", (), PTR, False, "an empty set"
    COPY_DICT_CHECKED = "copy_dict_checked", (PTR,), PTR, False, "a copy of a dict"
    TO_SET_CHECKED = "to_set_checked", (PTR,), PTR, False, "a set of the plain items of a list, tuple or set"
    SET_COMBINE_CHECKED = "set_combine_checked", (PTR, PTR), PTR, False, "an operator (attr) on two sets of plain elements"
    IS_PLAIN = "is_plain", (PTR,), I1, False, "whether an object consists of numbers, strings, and lists, tuples, dicts and sets of such"
    ADD_INT = "add_int", (PTR, I64), None, False, "append an int to a list that nothing else refers to"
    ADD_FLOAT = "add_float", (PTR, F64), None, False, "append a float to a list that nothing else refers to"
    ADD_BOOL = "add_bool", (PTR, I1), None, False, "append a bool to a list that nothing else refers to"
    ADD_OBJECT = "add_object", (PTR, PTR), None, False, "append an object to a list that nothing else refers to"
    NEW_BYTEARRAY_CHECKED = "new_bytearray_checked", (I64,), PTR, False, "a bytearray of so many zeros"
    STRIDE_CHECKED = "stride_checked", (PTR, PTR), PTR, False, "the part of a list that a slice object says, as a list"
    IS_HARMLESS = "is_harmless", (PTR, I64), I1, False, "whether no code of the program runs when b references go"
    DUE = "due", (), I1, False, "whether owned objects take much room"
    OWNED = "owned", (), I64, False, "the number of owned objects"
    OWN = "own", (PTR,), None, False, "own one more reference to an object"
    RELEASE = "release", (I64,), I1, False, "drop the a oldest references that are owned; whether the host must drop some"
    CALL_FLOAT = "call_float", (PTR,), F64, False, "a call without arguments that runs no Python and gives a float"
    FUNCTION_CODE = "function_code", (PTR,), PTR, False, "the code object of a Python function"
    FUNCTION_DEFAULTS = "function_defaults", (PTR,), PTR, False, "the defaults of a Python function, or NULL"
    LOOKUP = "lookup", (PTR, PTR), PTR, False, "dict value for a string key, borrowed; NULL if missing"
    # --- dicts; a place is where a dict has the value of a key, an array of one
    DICT_FIND_INT_CHECKED = "dict_find_int_checked", (PTR, I64), PTR, False, "the place of an int key; NULL if missing; exit if a key's own methods would be called"
    DICT_FIND_STR_CHECKED = "dict_find_str_checked", (PTR, PTR), PTR, False, "the place of a string key, as that of an int"
    DICT_FIND_TUPLE_CHECKED = "dict_find_tuple_checked", (PTR, PTR), PTR, False, "the place of a tuple of numbers and strings, as that of an int"
    DICT_LETS_GO_CHECKED = "dict_lets_go_checked", (PTR,), None, False, "exit if code of the program may run when what is at a place that is not NULL ends"
    DICT_SET_INT_OBJECT = "dict_set_int_object", (PTR, PTR, I64, PTR), None, False, "a[c] = d; b is the place of c; what is replaced is owned from then on"
    DICT_SET_STR_OBJECT = "dict_set_str_object", (PTR, PTR, PTR, PTR), None, False, "a[c] = d; b is the place of c; what is replaced is owned from then on"
    DICT_REMOVE_INT = "dict_remove_int", (PTR, PTR, I64), None, False, "del a[c]; b is the place of c"
    DICT_REMOVE_STR = "dict_remove_str", (PTR, PTR, PTR), None, False, "del a[c]; b is the place of c; the key that was there is owned from then on"
    DICT_OLD_CHECKED = "dict_old_checked", (PTR,), None, False, "exit if there is no number or None at a place that is not NULL"
    DICT_SIZE = "dict_size", (PTR,), I64, False, "len of a dict"
    DICT_SET_INT_INT = "dict_set_int_int", (PTR, PTR, I64, I64), None, False, "a[c] = d; b is the place of c"
    DICT_SET_INT_FLOAT = "dict_set_int_float", (PTR, PTR, I64, F64), None, False, "a[c] = d; b is the place of c"
    DICT_SET_INT_BOOL = "dict_set_int_bool", (PTR, PTR, I64, I1), None, False, "a[c] = d; b is the place of c"
    DICT_SET_STR_INT = "dict_set_str_int", (PTR, PTR, PTR, I64), None, False, "a[c] = d; b is the place of c"
    DICT_SET_STR_FLOAT = "dict_set_str_float", (PTR, PTR, PTR, F64), None, False, "a[c] = d; b is the place of c"
    DICT_SET_STR_BOOL = "dict_set_str_bool", (PTR, PTR, PTR, I1), None, False, "a[c] = d; b is the place of c"
    DICT_NEXT_CHECKED = "dict_next_checked", (PTR, I64), I64, False, "the number of the first entry of a dict from b on, -1 if there is none; exit if the host keeps them elsewhere"
    DICT_ENTRY = "dict_entry", (PTR, I64), PTR, False, "key and value of entry b of a dict, an array of two"
    # --- deques
    DEQUE_SIZE = "deque_size", (PTR,), I64, False, "len of a deque"
    DEQUE_FIRST = "deque_first", (PTR,), PTR, False, "the first item of a deque that is not empty, borrowed"
    DEQUE_LAST = "deque_last", (PTR,), PTR, False, "the last item of a deque that is not empty, borrowed"
    DEQUE_IS_UNBOUNDED = "deque_is_unbounded", (PTR,), I1, False, "whether a deque may grow without end"
    DEQUE_APPEND = "deque_append", (PTR, PTR), None, False, "an object behind the last item of a deque"
    DEQUE_APPEND_LEFT = "deque_append_left", (PTR, PTR), None, False, "an object before the first item of a deque"
    DEQUE_POP = "deque_pop", (PTR,), None, False, "drop the last item of a deque, which is owned from then on"
    DEQUE_POP_LEFT = "deque_pop_left", (PTR,), None, False, "drop the first item of a deque, which is owned from then on"
    # --- heaps: lists in the order of heapq
    HEAP_FITS_CHECKED = "heap_fits_checked", (PTR, PTR), None, False, "exit unless an item can be pushed without running code of the program"
    HEAP_PUSH = "heap_push", (PTR, PTR), None, False, "push an object"
    HEAP_OPENS_CHECKED = "heap_opens_checked", (PTR,), None, False, "exit unless an item can be popped without running code of the program"
    HEAP_TURN = "heap_turn", (PTR,), None, False, "the first item of a heap goes to its end, the others become a heap"
    # --- sets
    SET_NEXT = "set_next", (PTR, I64), I64, False, "the number of the first key in the table of a set from b on, -1 if there is none"
    SET_ENTRY = "set_entry", (PTR, I64), PTR, False, "key b in the table of a set, an array of one"
    SET_HAS_INT_CHECKED = "set_has_int_checked", (PTR, I64), I1, False, "whether a set has an int; exit if a key's own methods would be called"
    SET_HAS_STR_CHECKED = "set_has_str_checked", (PTR, PTR), I1, False, "whether a set has a string, as for an int"
    SET_HAS_TUPLE_CHECKED = "set_has_tuple_checked", (PTR, PTR), I1, False, "whether a set has a tuple of numbers and strings, as for an int"
    SET_DISCARD_INT = "set_discard_int", (PTR, I64, I1), None, False, "drop an int from a set, if it is there: c"
    SET_SIZE = "set_size", (PTR,), I64, False, "len of a set"
    SET_ADD_INT = "set_add_int", (PTR, I64, I1), None, False, "add an int to a set, unless it is there: c"
    SET_ADD_STR = "set_add_str", (PTR, PTR, I1), None, False, "add a string to a set, unless it is there: c"
    # --- strings
    STR_SIZE = "str_size", (PTR,), I64, False, "len of a string"
    STR_AT_CHECKED = "str_at_checked", (PTR, I64), I64, False, "the code point at an index in range; exit if the host keeps it elsewhere"
    STR_EQUAL = "str_equal", (PTR, PTR), I1, False, "whether two strings are equal"
    CHARACTER_CHECKED = "character_checked", (I64,), PTR, False, "the string of one character of Latin-1; exit for others"
    # --- buffers (attr: the description, the family, or the letter of an element's type)
    IS_BUFFER = "is_buffer", (PTR,), I1, False, "whether a buffer of this type is as its description says"
    BUFFER_DATA = "buffer_data", (PTR,), PTR, False, "the first element"
    BUFFER_SIZE = "buffer_size", (PTR, I64), I64, False, "elements along axis b"
    BUFFER_STRIDE = "buffer_stride", (PTR, I64), I64, False, "bytes from one element to the next along axis b"
    ADDRESS = "address", (PTR, I64, I64), PTR, True, "a + b * c bytes"
    DISTANCE = "distance", (PTR, PTR), I64, True, "a - b in bytes"
    PEEK_INT = "peek_int", (PTR,), I64, False, "the element at an address, an int or bool"
    PEEK_FLOAT = "peek_float", (PTR,), F64, False, "the element at an address, a float"
    POKE_INT = "poke_int", (PTR, I64), None, False, "the element at an address = an int that fits, or a bool"
    POKE_FLOAT = "poke_float", (PTR, F64), None, False, "the element at an address = a float"
    BUFFER_ROOM = "buffer_room", (PTR,), I1, False, "whether a buffer can take one more element where it is, as the host would"
    BUFFER_ADD_INT = "buffer_add_int", (PTR, I64), None, False, "append an int that fits to a buffer that has room"
    BUFFER_ADD_FLOAT = "buffer_add_float", (PTR, F64), None, False, "append a float to a buffer that has room"
    NARROW = "narrow", (F64,), F64, True, "the nearest float of 32 bits"
    STR_COMPARE = "str_compare", (PTR, PTR), I64, False, "-1, 0 or 1: the order of two strings"
    STR_HAS_CHECKED = "str_has_checked", (PTR, PTR), I1, False, "whether a string has another as a part; exit if memory runs out"
    STR_MATCHES_CHECKED = "str_matches_checked", (PTR, PTR, I64), I1, False, "whether a string begins (c < 0) or ends with another; exit if memory runs out"
    TEXT_TO_INT_CHECKED = "text_to_int_checked", (PTR,), I64, False, "int(text); exit if that raises or is too long"
    TEXT_TO_FLOAT_CHECKED = "text_to_float_checked", (PTR,), F64, False, "float(text); exit if that raises"
    # --- new strings, owned as new lists are
    STR_CONCAT_CHECKED = "str_concat_checked", (PTR, PTR), PTR, False, "a + b"
    STR_REPEAT_CHECKED = "str_repeat_checked", (PTR, I64), PTR, False, "a * b"
    STR_PART_CHECKED = "str_part_checked", (PTR, I64, I64), PTR, False, "the characters from b up to c"
    STR_JOIN_CHECKED = "str_join_checked", (PTR, PTR), PTR, False, "the strings of a list or tuple b joined by a; exit if there is something else"
    STR_APPEND = "str_append", (PTR, PTR, I1), PTR, False, "a + b; in place if c, nothing else means a, and a was made here"
    CHARACTER_TEXT_CHECKED = "character_text_checked", (I64,), PTR, False, "the string of a character"
    FORMAT_INT_CHECKED = "format_int_checked", (I64, PTR), PTR, False, "format(a, b) of an int; str(a) if b is NULL"
    FORMAT_FLOAT_CHECKED = "format_float_checked", (F64, PTR), PTR, False, "format(a, b) of a float; str(a) if b is NULL"
    FORMAT_TEXT_CHECKED = "format_text_checked", (PTR, PTR), PTR, False, "format(a, b) of a string"
    BOX_INT_CHECKED = "box_int_checked", (I64,), PTR, False, "an int as an object"
    BOX_FLOAT_CHECKED = "box_float_checked", (F64,), PTR, False, "a float as an object"
    TEXT_CALL1_CHECKED = "text_call1_checked", (PTR, PTR), PTR, False, "a method a of a string b; exit if it raises"
    TEXT_CALL2_CHECKED = "text_call2_checked", (PTR, PTR, PTR), PTR, False, "the same with an argument"
    TEXT_CALL3_CHECKED = "text_call3_checked", (PTR, PTR, PTR, PTR), PTR, False, "the same with two arguments"
    # --- instances of the program's classes
    IS_INSTANCE = "is_instance", (PTR, PTR), I1, False, "whether the exact type of a is the class b"
    INSTANCE_VALUES_CHECKED = "instance_values_checked", (PTR,), PTR, False, "the attributes of an instance; exit if they are in a dict"
    FIELD_CHECKED = "field_checked", (PTR, I64), PTR, False, "attribute b of those at a, borrowed; exit if it is not set"
    IS_VERSION = "is_version", (PTR, PTR), I1, False, "whether the version of the class a is the int b"
    PUT_FIELD = "put_field", (PTR, I64, PTR), None, False, "attribute b of those at a = an object; what may end by that is owned from then on"
    NEW_INSTANCE_CHECKED = "new_instance_checked", (PTR,), PTR, False, "an instance of the class a without attributes, owned; exit if memory runs out"
    FILL_INT = "fill_int", (PTR, I64, I64), None, False, "attribute b of those at a, of an instance that is being made, is an int"
    FILL_FLOAT = "fill_float", (PTR, I64, F64), None, False, "attribute b of those at a is a float"
    FILL_BOOL = "fill_bool", (PTR, I64, I1), None, False, "attribute b of those at a is a bool"
    FILL_OBJECT = "fill_object", (PTR, I64, PTR), None, False, "attribute b of those at a is an object"
    NAME = "name", (PTR, I64, I64), None, False, "attribute c of those at a is the b-th that the instance got"
    COUNT_KEYS = "count_keys", (PTR,), I64, False, "how many names of attributes the instances of a class have had"
    # --- calls of bodies: functions of the same module (attr: the name)
    INVOKE_INT_CHECKED = "invoke_int_checked", (), I64, False, "a call with any arguments; exit if the callee leaves"
    INVOKE_FLOAT_CHECKED = "invoke_float_checked", (), F64, False, "a call with any arguments; exit if the callee leaves"
    GAVE_FLOAT = "gave_float", (I64,), I1, False, "whether a call whose result is an int or a float gave a float"
    BITS_TO_FLOAT = "bits_to_float", (I64,), F64, True, "the double with the bits of such a result"
    ROOM_CHECKED = "room_checked", (), None, False, "exit if calls are too deep for the interpreter or the thread's stack"
    INTERRUPTED = "interrupted", (), None, False, "a call that takes long is given up: the interpreter is asked for"
    FINISHED = "finished", (), None, False, "such a call has come to its end"
    REST_CHECKED = "rest_checked", (), None, False, "exit if such calls were given up time and again: the host executes some"
    # --- stores of bodies, which are put back if the region's statement is left
    JOURNAL_INT_CHECKED = "journal_int_checked", (PTR, I64, I64), None, False, "items[i] = an int, noting what was there; exit if that has no room, or memory runs out"
    JOURNAL_FLOAT_CHECKED = "journal_float_checked", (PTR, I64, F64), None, False, "items[i] = a float, as with an int"
    JOURNAL_BOOL_CHECKED = "journal_bool_checked", (PTR, I64, I1), None, False, "items[i] = a bool, as with an int"
    CHANGED = "changed", (), None, False, "behind a call: elements and attributes may be others"
    COMMIT = "commit", (), None, False, "keep what the bodies have stored"
    # --- leaving
    GUARD = "guard", (I1,), None, False, "exit unless a"
    POLL = "poll", (), I1, False, "whether signals, other threads or tracing ask for the interpreter"
    # fmt: on


ATTRIBUTES: dict[Op, type] = {
    Op.CONST_INT: int,
    Op.CONST_FLOAT: float,
    Op.CONST_BOOL: bool,
    Op.CONST_OBJECT: int,
    Op.SLOT_INT: int,
    Op.SLOT_FLOAT: int,
    Op.SLOT_OBJECT: int,
    Op.CALL1: str,
    Op.CALL2: str,
    Op.IS_TYPE: type,
    Op.INVOKE_INT_CHECKED: str,
    Op.INVOKE_FLOAT_CHECKED: str,
    Op.SET_COMBINE_CHECKED: str,
    Op.IS_BUFFER: str,
    Op.BUFFER_DATA: str,
    Op.BUFFER_SIZE: str,
    Op.BUFFER_STRIDE: str,
    Op.BUFFER_ROOM: str,
    Op.BUFFER_ADD_INT: str,
    Op.BUFFER_ADD_FLOAT: str,
    Op.PEEK_INT: str,
    Op.PEEK_FLOAT: str,
    Op.POKE_INT: str,
    Op.POKE_FLOAT: str,
}
"""The type of an operation's attribute; operations that are not here have none."""

INVOKES = {Op.INVOKE_INT_CHECKED, Op.INVOKE_FLOAT_CHECKED}
"""Calls of bodies: what they take is what the body takes, see `Function.parameters`."""

LONG = {Op.INTERRUPTED, Op.FINISHED, Op.REST_CHECKED}
"""These note how calls that take long fare."""

JOURNALLED = {Op.JOURNAL_INT_CHECKED, Op.JOURNAL_FLOAT_CHECKED, Op.JOURNAL_BOOL_CHECKED}
"""Stores of bodies."""

GROWING = {
    Op.APPEND_INT,
    Op.APPEND_FLOAT,
    Op.APPEND_BOOL,
    Op.APPEND,
    Op.EXTEND,
    Op.INSERT_INT,
    Op.INSERT_FLOAT,
    Op.INSERT_BOOL,
    Op.REVERSE,
    Op.SORT,
    Op.CLEAR,
    Op.PUT,
    Op.PUT_FIELD,
    Op.TAKE,
    Op.SHRINK,
    Op.DELETE,
    Op.HEAP_PUSH,
    Op.HEAP_TURN,
    Op.SET_PART,
    Op.BUFFER_ADD_INT,
    Op.BUFFER_ADD_FLOAT,
    Op.CHANGED,
    Op.COMMIT,
}
"""After these the size, the item array and the slots of any list may be others, and the size of any
bytearray or array."""

DICT_SETS = {Op.DICT_SET_INT_INT, Op.DICT_SET_INT_FLOAT, Op.DICT_SET_INT_BOOL}
DICT_SETS |= {Op.DICT_SET_STR_INT, Op.DICT_SET_STR_FLOAT, Op.DICT_SET_STR_BOOL}
DICT_SETS |= {Op.SET_ADD_INT, Op.SET_ADD_STR}
DICT_SETS |= {Op.DICT_SET_INT_OBJECT, Op.DICT_SET_STR_OBJECT}
DICT_SETS |= {Op.DEQUE_APPEND, Op.DEQUE_APPEND_LEFT, Op.DEQUE_POP, Op.DEQUE_POP_LEFT}
DICT_SETS |= {Op.DICT_REMOVE_INT, Op.DICT_REMOVE_STR, Op.SET_DISCARD_INT}
"""Stores into dicts, sets and deques: they change no list."""

PARTS = {Op.BUFFER_DATA, Op.BUFFER_SIZE, Op.BUFFER_STRIDE}
"""Reads of what a buffer has until some buffer grows."""

PEEKS = {Op.PEEK_INT, Op.PEEK_FLOAT}
POKES = {Op.POKE_INT, Op.POKE_FLOAT}
"""Loads and stores of elements of buffers."""

FRESH = {Op.ADD_INT, Op.ADD_FLOAT, Op.ADD_BOOL, Op.ADD_OBJECT}
FRESH |= {Op.FILL_INT, Op.FILL_FLOAT, Op.FILL_BOOL, Op.FILL_OBJECT, Op.NAME}
FRESH |= {Op.TUPLE_FILL_INT, Op.TUPLE_FILL_FLOAT, Op.TUPLE_FILL_BOOL, Op.TUPLE_FILL_OBJECT}
"""These fill a list, a tuple or an instance that is being made."""

OWNING = {Op.OWN, Op.RELEASE}
"""These change what is owned, and nothing else."""

OWNED = {
    Op.NEW_LIST_CHECKED,
    Op.REPEAT_INT_CHECKED,
    Op.REPEAT_FLOAT_CHECKED,
    Op.REPEAT_BOOL_CHECKED,
    Op.LIST_PART_CHECKED,
    Op.TUPLE_PART_CHECKED,
    Op.TO_LIST_CHECKED,
    Op.TO_TUPLE_CHECKED,
    Op.CONCAT_CHECKED,
    Op.NEW_BYTEARRAY_CHECKED,
    Op.STRIDE_CHECKED,
    Op.NEW_TUPLE_CHECKED,
    Op.NEW_DICT_CHECKED,
    Op.NEW_SET_CHECKED,
    Op.COPY_DICT_CHECKED,
    Op.TO_SET_CHECKED,
    Op.SET_COMBINE_CHECKED,
    Op.DICT_SET_INT_OBJECT,
    Op.DICT_SET_STR_OBJECT,
    Op.DICT_REMOVE_STR,
    Op.DEQUE_POP,
    Op.DEQUE_POP_LEFT,
    Op.STR_CONCAT_CHECKED,
    Op.STR_REPEAT_CHECKED,
    Op.STR_PART_CHECKED,
    Op.STR_JOIN_CHECKED,
    Op.STR_APPEND,
    Op.CHARACTER_TEXT_CHECKED,
    Op.FORMAT_INT_CHECKED,
    Op.FORMAT_FLOAT_CHECKED,
    Op.FORMAT_TEXT_CHECKED,
    Op.BOX_INT_CHECKED,
    Op.BOX_FLOAT_CHECKED,
    Op.TEXT_CALL1_CHECKED,
    Op.TEXT_CALL2_CHECKED,
    Op.TEXT_CALL3_CHECKED,
    Op.OWN,
    Op.NEW_INSTANCE_CHECKED,
    Op.PUT,
    Op.PUT_FIELD,
    Op.TAKE,
}
"""After these one more reference is owned."""
