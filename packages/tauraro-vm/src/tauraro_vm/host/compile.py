"""Host AST to host code object."""

from __future__ import annotations

from tauraro_frontend.bytecode.depth import DeepRecursion
from tauraro_frontend.bytecode.module import BytecodeModule, CodeKind

from . import translate_control as _control
from . import translate_definitions as _definitions
from . import translate_expressions as _expressions
from . import translate_patterns as _patterns
from . import translate_targets as _targets
from .translate import check_complete, translate_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Callable
    from types import CodeType

    Tree = ast.Module | ast.Expression | ast.Interactive
    Compiler = Callable[[Tree, str, str, int], CodeType]
    """Tree, filename, mode, optimize -> code object."""

_MODES = {CodeKind.EVAL: "eval", CodeKind.SINGLE: "single"}


def compile_tree(tree: Tree, filename: str, mode: str, optimize: int) -> CodeType:
    """The host's own compiler, without the flags of this file."""
    code: CodeType = compile(tree, filename, mode, dont_inherit=True, optimize=optimize)
    return code


def host_tree(module: BytecodeModule) -> Tree:
    """Tier 1's tree of a verified module. Raises BytecodeError, RecursionError."""
    with DeepRecursion():
        return translate_module(module)


def host_code(
    module: BytecodeModule,
    filename: str | None = None,
    optimize: int = -1,
    compiler: Compiler = compile_tree,
) -> CodeType:
    """Tier 1's code object of a verified module; equal to what the host makes of the source.

    `filename` defaults to the module's own, `optimize` is that of the built-in `compile`; another
    `compiler` may prepare the code for native code. Raises
    BytecodeError for a module that is no program, RecursionError where the host cannot compile so
    deep a tree, SyntaxError for what only the host's compiler rejects.
    """
    mode = _MODES.get(module.codes[0].kind, "exec")
    with DeepRecursion():
        tree = translate_module(module)
        name = module.filename if filename is None else filename
        return compiler(tree, name, mode, optimize)


del _control, _definitions, _expressions, _patterns, _targets
check_complete()
