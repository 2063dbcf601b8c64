"""Rules for functions, classes, type parameters and annotations."""

from __future__ import annotations

from ..formats import TempKind
from ..grammar import CHILD_KINDS
from ..isa import Op
from ..module import CodeKind, CodeObject, Instruction
from ..operands import Role
from .code import CodeVerifier, rule
from .declarations import passed_values
from .expressions import check_single
from .stores import name_of, role_of

VALUE = TempKind.VALUE
DEFINITION = TempKind.DEFINITION
ANNOTATIONS = TempKind.QUOTED | TempKind.STARRED


def check_child(v: CodeVerifier, i: Instruction) -> CodeObject:
    """The code object that the instruction refers to."""
    kinds = [immediate.kind for immediate in i.op.format.immediates]
    index = i.imm[kinds.index("code")]
    if not v.index < index < len(v.module.codes):
        v.fail(f"code {index} is not below this one")
    child: CodeObject = v.module.codes[index]
    if child.kind not in CHILD_KINDS[i.op]:
        v.fail(f"code {index} is of kind {child.kind.name}")
    v.children.append((index, v.place()))
    return child


@rule(Op.GENERATOR, Op.LAZY)
def check_code(v: CodeVerifier, i: Instruction) -> None:
    check_child(v, i)


@rule(Op.FUNCTION)
def check_function(v: CodeVerifier, i: Instruction) -> None:
    """Values: defaults, then annotations in the host's order of evaluation. A lambda is a value, a
    function that is being defined is none yet."""
    child = check_child(v, i)
    signature, annotations = child.signature, i.imm[1]
    if signature is None:
        v.fail("the function has no signature")
    defaults = signature.defaults + sum(signature.kwdefaults)
    if len(i.src) != defaults + len(annotations):
        v.fail("there is not a value for each default and annotation")
    scope = v.code.kind is CodeKind.TYPE_PARAMETERS and child.kind is not CodeKind.LAMBDA
    if scope and defaults != passed_values(v.code):
        v.fail("the values passed are not the definition's defaults")
    if any(state & ANNOTATIONS for state in v.held[:defaults]):
        v.fail("a default value is an annotation")
    starred = signature.vararg, *signature.kwonly, signature.kwarg
    order = iter([*signature.args, *signature.posonly, *starred, "return"])
    if not all(name in order for name in annotations):
        v.fail("the annotations are not those of the parameters in order")
    if child.kind is not CodeKind.LAMBDA:
        v.result = DEFINITION
        note_definition(v, i, child.name)
        return
    v.result = VALUE
    if annotations:
        v.fail("a lambda has no annotations")
    if v.code.kind is CodeKind.TYPE_PARAMETERS and any(
        operand & 3 == 2 and operand >> 2 in v.reserved for operand in i.src
    ):
        v.fail("the values passed belong to the definition")


@rule(Op.CLASS)
def check_class(v: CodeVerifier, i: Instruction) -> None:
    note_definition(v, i, check_child(v, i).name)
    if len(i.imm[1]) > len(i.src):
        v.fail("there is not a value for each keyword")


@rule(Op.CLASS_EX)
def check_extended_class(v: CodeVerifier, i: Instruction) -> None:
    note_definition(v, i, check_child(v, i).name)
    check_single(v, v.held[0], i.imm[1])


@rule(Op.TYPE_PARAMETERS)
def check_type_parameters(v: CodeVerifier, i: Instruction) -> None:
    child = check_child(v, i)
    if child.signature is None or len(i.src) != len(child.signature.args):
        v.fail("there is not a value for each parameter")
    note_definition(v, i, child.name)


@rule(Op.TYPE_PARAMETER)
def check_type_parameter(v: CodeVerifier, i: Instruction) -> None:
    kind, name, bound, default = i.imm
    if len(i.src) != bound + default or (bound and kind != "TypeVar"):
        v.fail("bound and default do not fit the values")
    note_definition(v, i, name)


@rule(Op.TYPE_ALIAS)
def check_alias(v: CodeVerifier, i: Instruction) -> None:
    note_definition(v, i, i.imm[0])


@rule(Op.DECORATE)
def check_decorated(v: CodeVerifier, i: Instruction) -> None:
    note_definition(v, i, v.defined.pop(i.src[1] >> 2))


def note_definition(v: CodeVerifier, i: Instruction, name: str) -> None:
    """Remember the name of a definition until it is stored; check it if the destination is a
    local."""
    assert i.dst is not None
    if i.dst & 7 == 0:
        v.defined[i.dst >> 3] = name
    elif name_of(v, i) != name:
        v.fail("the definition has another name")


@rule(Op.ANN_TARGET)
def check_annotation_target(v: CodeVerifier, i: Instruction) -> None:
    if len(i.src) != 1 + (i.imm[0] is None):
        v.fail("an attribute has one part, an item two")


@rule(Op.ANNOTATE)
def check_annotation(v: CodeVerifier, i: Instruction) -> None:
    """The target is a name, or the one last stored into, or the one that ANN_TARGET has
    evaluated."""
    named, simple, assigned = i.imm
    region = v.region
    if simple and named is None:
        v.fail("only a name is simple")
    if region.annotated is not (named is None and not assigned):
        v.fail("there is no target")
    if not assigned:
        return
    last = region.last
    if last is None or last.op is Op.UNPACK or region.multiple or role_of(last) is not Role.ASSIGN:
        v.fail("there is no assignment before")
    if name_of(v, last) != named:
        v.fail("the assignment before is to something else")
