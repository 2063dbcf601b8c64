"""THE instruction table. Encoder, decoder, verifier, assembler, disassembler and docs/isa.md derive from it.

A row: syntax (see `formats`), span rules, region, effects, what the temporary written holds, meaning.

Span rules, in the order in which an instruction carries its spans:

    self       the node itself                 leaves     one for each operand that is a local or constant
    keywords   one for each keyword name       star       one if the immediate `star` is not None
    stmt       one if the role is ASSIGN or WALRUS        target  one unless AUGMENT, DEFINE or IMPORT
    last       one unless the immediate `more` is set     single  one if the immediate `single` is set
    name       one (a name that has a position of its own)
    plain      one if the immediate `named` is not None

A destination that is a local adds `stmt` and `target` by its role, after all others. Where `leaves` stands
twice, the first stands for the first operand only.

Region: `+kind` opens, `/kind` divides the innermost region, which must be of that kind, `-kind` closes it.
Several kinds are separated by commas.
"""

from __future__ import annotations

from .formats import Effect, Format, TempKind, parse_format

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import IntEnum
else:
    from .records import IntEnum

N, R, P, C = Effect.NONE, Effect.RAISES, Effect.RAISES | Effect.PYTHON, Effect.CONTROL
V = TempKind.VALUE


class Op(IntEnum):
    """The instructions. The numeric value is the opcode in a `.tbc` file of this table's digest."""

    format: Format
    syntax: str
    spans: tuple[str, ...]
    region: str
    effects: int
    result: int
    doc: str

    def __new__(
        cls, syntax: str, spans: str, region: str, effects: int, result: int, doc: str
    ) -> Op:
        opcode = len(cls.__members__)
        member = int.__new__(cls, opcode)
        member._value_ = opcode
        member.syntax = syntax
        member.format = parse_format(syntax)
        member.spans = tuple(spans.split())
        member.region = region
        member.effects = effects
        member.result = result
        member.doc = doc
        return member

    # fmt: off
    # --- names
    LOADK = "dst value=const", "leaves", "", N, V, "dst = constant"
    LOAD = "dst value=local", "leaves", "", R, V, "dst = local, as it is now; UnboundLocalError if unbound"
    LOAD_NAME = "dst name:name", "self", "", P, V, "dst = namespace[name], else globals, else builtins"
    LOAD_GLOBAL = "dst name:name", "self", "", P, V, "dst = globals[name], else builtins[name]"
    LOAD_CELL = "dst cell:cell", "self", "", R, V, "dst = content of the cell; unbound raises"
    LOAD_CLASS_CELL = "dst cell:cell", "self", "", P, V, "in a class body: dst = namespace[name of the cell], else its content"
    LOAD_OUTER_GLOBAL = "dst name:name classdict:cell", "self", "", P, V, "in an annotation scope of a class body: the class namespace, else global"
    LOAD_OUTER_CELL = "dst cell:cell classdict:cell", "self", "", P, V, "in an annotation scope of a class body: the class namespace, else the cell"
    STORE = "dst ~value@value+item+inplace+definition+module+typeparam", "leaves", "", R, V, "local dst = value"
    STORE_NAME = "~value@value+item+inplace+definition+module+typeparam name:name role:role", "stmt leaves target", "", P, V, "namespace[name] = value"
    STORE_GLOBAL = "~value@value+item+inplace+definition+module+typeparam name:name role:role", "stmt leaves target", "", R, V, "globals[name] = value"
    STORE_CELL = "~value@value+item+inplace+definition+module+typeparam cell:cell role:role", "stmt leaves target", "", R, V, "cell = value"
    DEL = "value=local more:flag", "last self", "", R, V, "unbind the local"
    DEL_NAME = "name:name more:flag", "last self", "", P, V, "del namespace[name]"
    DEL_GLOBAL = "name:name more:flag", "last self", "", R, V, "del globals[name]"
    DEL_CELL = "cell:cell more:flag", "last self", "", R, V, "empty the cell; unbound raises"
    MAKE_CELL = "cell:cell", "", "", N, V, "a new, empty cell (before a comprehension whose variable is captured)"
    # --- operators
    BINARY = "dst left right operator:binary", "self leaves", "", P, V, "dst = left operator right"
    INPLACE = "dst left right operator:binary", "self leaves", "", P, TempKind.INPLACE, "dst = left operator= right"
    UNARY = "dst value operator:unary", "self leaves", "", P, V, "dst = operator value"
    COMPARE = "dst left right operator:compare", "self leaves", "", P, V, "dst = left operator right"
    GETATTR = "dst ~object name:name", "self leaves", "", P, V, "dst = object.name"
    GETITEM = "dst ~object ~index", "self leaves", "", P, V, "dst = object[index]"
    SLICE = "dst part* mask:count", "self leaves", "", R, V, "dst = slice(lower, upper, step); bit i of mask: part i is given, else None"
    SETATTR = "~value@value+item+inplace object name:name role:role", "stmt leaves target leaves", "", P, V, "object.name = value"
    SETITEM = "~value@value+item+inplace object index role:role", "stmt leaves target leaves", "", P, V, "object[index] = value"
    DELATTR = "object name:name more:flag", "last self leaves", "", P, V, "del object.name"
    DELITEM = "object index more:flag", "last self leaves", "", P, V, "del object[index]"
    # --- displays
    BUILD = "dst item* display:display", "self leaves", "", P, V | TempKind.LIST, "dst = list, tuple or set of the items; growing_tuple: a list that TO_TUPLE ends"
    EXTEND = "&display@list value", "self leaves", "", P, V, "add all elements of value to the display"
    APPEND = "&display@list value", "leaves", "", P, V, "add value to the display"
    TO_TUPLE = "dst display@list", "", "", N, V, "dst = tuple(display)"
    UNPACK_ONE = "dst value", "self leaves", "", P, TempKind.STARRED, "dst = the only element of value (`*args: *Ts`)"
    DICT = "dst pair*", "self leaves", "", P, V | TempKind.DICT, "dst = {key: value, ...}"
    DICT_UPDATE = "&display@dict mapping", "leaves", "", P, V, "merge the mapping (`**mapping`)"
    DICT_ADD = "&display@dict pair*", "leaves", "", P, V, "add keys and values"
    UNPACK = "dsts ~value@value+item count:count star:count? role:role", "stmt leaves target star", "", P, TempKind.ITEM, "dsts = the elements of value; number `star` takes the rest as a list"
    FORMAT = "dst value spec? conversion:conversion", "self leaves", "", P, V, "dst = format(conversion(value), spec)"
    CONCAT = "dst part*", "self leaves", "", R, V, "dst = the strings joined"
    # --- calls
    CALL = "dst function argument* keywords:names", "self keywords leaves", "", P, V, "dst = function(...); the last arguments are the keywords'"
    ARGS = "dst item*", "leaves", "", N, TempKind.ARGS, "dst = positional arguments, more to come"
    ARGS_EXTEND = "&args@args value", "self leaves", "", P, V, "add `*value`"
    ARGS_APPEND = "&args@args value", "leaves", "", N, V, "add one argument"
    KWARGS = "dst", "", "", N, TempKind.KWARGS, "dst = keyword arguments, more to come"
    KWARGS_ADD = "&kwargs@kwargs value* keywords:names", "keywords leaves", "", R, V, "add `name=value`"
    KWARGS_MERGE = "&kwargs@kwargs mapping", "self leaves", "", P, V, "add `**mapping`"
    CALL_EX = "dst function args@args+value kwargs@kwargs? single:flag", "self single", "", P, V, "dst = function(*args, **kwargs); single: args is the one starred value"
    AWAIT = "dst value", "self leaves", "", P, V, "dst = await value"
    YIELD = "dst value?", "self leaves", "", P, V, "dst = what is sent after yielding value (None if absent)"
    YIELD_FROM = "dst value", "self leaves", "", P, V, "dst = yield from value"
    # --- regions that yield a value
    BOOL = "operator:boolean", "self", "+bool", N, V, "`and` / `or`: begin"
    ARM = "value", "leaves", "/bool", P | C, V, "an operand but the last: if it decides, it is the result"
    BOOL_END = "dst value", "leaves", "-bool", N, V, "dst = the deciding operand, else value"
    COND = "test", "self leaves", "+cond", P | C, V, "conditional expression: the body follows"
    COND_ELSE = "value", "leaves", "/cond", C, V, "value of the body; the else part follows"
    COND_END = "dst value", "leaves", "-cond", N, V, "dst = value of the part that ran"
    CHAIN = "", "self", "+chain", N, V, "chained comparison: begin"
    CHAIN_COMPARE = "left &right operator:compare", "", "/chain", P | C, V, "one link (right is kept); if it is false, it is the result"
    CHAIN_END = "dst left right operator:compare", "", "-chain", P, V, "dst = the last link, or the false one"
    COMP = "dst iterable kind:comprehension is_async:flag", "self leaves", "+comp", P | C, TempKind.ITEM, "comprehension over iter(iterable); dst = item"
    COMP_FOR = "dst iterable is_async:flag", "leaves", "/comp", P | C, TempKind.ITEM, "inner loop of a comprehension; dst = item"
    COMP_IF = "test", "leaves", "/comp", P | C, V, "next item of the innermost loop unless test"
    COMP_YIELD = "key value?", "leaves", "/comp", P | C, V, "add an element (a key and a value for dict, yield for generator); next item"
    COMP_END = "dst?", "", "-comp", N, V, "dst = the collection (generator: nothing)"
    GENERATOR = "dst iterable code:code", "self leaves", "", P, V, "dst = generator expression over iter(iterable)"
    QUOTE = "", "", "+quote", C, V, "an annotation that is not evaluated: begin"
    QUOTE_END = "dst value@value+starred", "leaves", "-quote", N, TempKind.QUOTED, "dst = the annotation's text (as a future annotation), None where unused"
    # --- statements
    DISCARD = "value", "self leaves", "", P, V, "expression statement; in interactive mode the value is displayed"
    NOP = "delete:flag", "self", "", N, V, "`pass`, or `del ()`"
    BREAK = "", "self", "", C, V, "leave the innermost loop"
    CONTINUE = "", "self", "", C, V, "next round of the innermost loop"
    DECLARE = "nonlocal:flag names:names", "self", "", N, V, "`global` or `nonlocal` declaration"
    RETURN = "value@value+definition?", "self leaves", "", C, V, "leave the code object with value (None if absent)"
    RESULT = "value@value+starred", "leaves", "", C, V, "the value of a lambda, eval or lazy code object"
    RAISE = "exception? cause?", "self leaves", "", P | C, V, "raise; bare: the exception being handled"
    ASSERT = "test", "self leaves", "+assert", P | C, V, "assert: the message follows"
    ASSERT_END = "message?", "leaves", "-assert", P | C, V, "raise AssertionError(message)"
    IF = "test", "self leaves", "+if", P | C, V, "if"
    ELSE = "", "", "/if,loop,for,try", C, V, "else part of if, while, for, try"
    END = "", "", "-if,loop,for,with,try,match", P | C, V, "end of a statement region"
    LOOP = "", "self", "+loop", N, V, "while: the test follows"
    LOOP_TEST = "test", "leaves", "/loop", P | C, V, "end of the test: leave the loop unless true"
    FOR = "dst iterable is_async:flag", "self leaves", "+for", P | C, TempKind.ITEM, "for: dst = each item of iter(iterable)"
    WITH = "dst? manager is_async:flag more:flag", "last leaves", "+with", P, TempKind.ITEM, "dst = manager.__enter__(); more: one more item of the same statement"
    TRY = "star:flag", "self", "+try", N, V, "try; star: its handlers are `except*`"
    HANDLER = "", "", "/try", C, V, "end of the body or of a handler; the next handler's type follows"
    EXCEPT = "type? name:variable?", "self leaves", "/try", P | C, V, "handle if the exception matches; name = exception, unbound at the end"
    FINALLY = "", "", "/try", C, V, "finally part"
    # --- match
    MATCH = "dst value", "self leaves", "+match", N, TempKind.SUBJECT, "match: dst = subject"
    CASE = "", "", "/match", C, V, "next case: its pattern follows"
    GUARD = "test", "leaves", "/match", P | C, V, "the pattern matched, captures are bound: go on if test"
    CASE_BODY = "", "", "/match", C, V, "the pattern matched: bind captures; the body follows"
    PATTERN_VALUE = "~subject@subject value", "self leaves", "", P | C, V, "subject == value"
    PATTERN_SINGLETON = "~subject@subject value:const", "self", "", C, V, "subject is value"
    PATTERN_BIND = "~subject@subject name:variable? kind:bind", "self", "", N, V, "capture (absent name: wildcard)"
    PATTERN_OR = "&subject@subject", "self", "+or", N, V, "alternatives"
    PATTERN_ARM = "", "", "/or", C, V, "next alternative"
    PATTERN_OR_END = "~subject@subject", "", "-or", C, V, "end of the alternatives of this subject"
    PATTERN_SEQUENCE = "dsts ~subject@subject count:count star:count?", "self star", "", P | C, TempKind.SUBJECT, "sequence of that length; dsts = its elements"
    PATTERN_MAPPING = "dsts ~subject@subject key* count:count rest:variable?", "self", "", P | C, TempKind.SUBJECT, "mapping with the keys; dsts = their values; rest = the others"
    PATTERN_CLASS = "dsts ~subject@subject class count:count keywords:names", "self", "", P | C, TempKind.SUBJECT, "instance; dsts = positional, then keyword attributes (count: all)"
    # --- definitions
    FUNCTION = "dst value@value+quoted+starred* code:code annotations:names", "self leaves", "", P, V | TempKind.DEFINITION, "dst = function; values: defaults, keyword defaults, annotations"
    CLASS = "dst argument* code:code keywords:names", "self keywords leaves", "", P, TempKind.DEFINITION, "dst = class"
    CLASS_EX = "dst args@args+value kwargs@kwargs? code:code single:flag", "self single", "", P, TempKind.DEFINITION, "dst = class, bases and keywords built like CALL_EX's"
    DECORATE = "dst decorator function@definition", "", "", P, TempKind.DEFINITION, "dst = decorator(function)"
    LAZY = "dst code:code", "", "", N, TempKind.LAZY, "dst = a value that is computed when asked for (bound, default, alias)"
    TYPE_PARAMETERS = "dst value* code:code", "leaves", "", P, TempKind.DEFINITION, "dst = what the type parameter scope returns; values: the definition's defaults"
    TYPE_PARAMETER = "dst value@lazy* kind:typeparam name:name bound:flag default:flag", "self", "", P, TempKind.TYPEPARAM, "dst = type parameter; values: lazy bound, lazy default"
    TYPE_ALIAS = "dst value@lazy name:name", "self name", "", P, TempKind.DEFINITION, "dst = type alias of the lazy value"
    ANNOTATE = "annotation@value+quoted named:name? simple:flag assigned:flag", "self plain leaves", "", P, V, "annotation of the name or of the target before; simple: recorded in __annotations__"
    ANN_TARGET = "part* named:name?", "self leaves", "", P, V, "target of an annotation without value: evaluated, not stored"
    # --- imports
    IMPORT = "dst module:dotted level:count names:names? more:flag", "last", "", P, TempKind.MODULE, "dst = __import__(module); more: one more of the same statement"
    IMPORT_SUB = "dst module@module name:name", "", "", P, TempKind.MODULE, "dst = module.name (`import a.b as c`)"
    IMPORT_FROM = "dst ~module@module name:name", "", "", P, TempKind.MODULE, "dst = module.name, else the submodule"
    IMPORT_STAR = "module@module", "", "", P, V, "all public names"
    # fmt: on


OPS: tuple[Op, ...] = tuple(Op)
"""Opcode -> instruction."""
