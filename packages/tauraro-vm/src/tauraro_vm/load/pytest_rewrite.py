"""Test modules that pytest rewrites.

In: pytest's `_pytest.assertion.rewrite`, while it is imported. Out: that module compiles the trees
it has rewritten through the virtual machine, and keeps the result in a blob beside its own `.pyc`.

pytest replaces the loader of a test module by its own, which parses the source, rewrites `assert`
statements in the tree, calls `compile` and caches the code. `compile`, `_read_pyc` and `_write_pyc`
are global names of its module: these three are given to it. Where pytest has moved on and one of
them is gone, the rest still works, and at worst the host compiles as it always did.
"""

from __future__ import annotations

import _frozen_importlib_external as _external
import os
import sys

from ..trace import Fallback, statistics
from . import cache
from .cache import Identity
from .code import (
    HostCompiles,
    Settings,
    code_of_blob,
    code_of_compiled,
    compile_tree,
    loaded,
    read_source,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import CodeType, ModuleType
    from typing import Any

_REWRITER = "_pytest.assertion.rewrite"


def watch_rewriter(name: str, settings: Settings) -> None:
    """Called for every module of pytest; when its first one is loaded, wait for the rewriter."""
    if name == "_pytest" and not any(isinstance(f, _RewriterFinder) for f in sys.meta_path):
        sys.meta_path.insert(0, _RewriterFinder(settings))


class _RewriterFinder:
    """Finds the rewriter for the import system, once, with a loader that adapts it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The rewriter's spec; nothing for any other module."""
        if name != _REWRITER:
            return None
        sys.meta_path.remove(self)
        spec = _external.PathFinder.find_spec(name, path, target)
        if spec is not None and type(spec.loader) is _external.SourceFileLoader:
            spec.loader = _RewriterLoader(name, spec.loader.path, self._settings)
        return spec


class _RewriterLoader(_external.SourceFileLoader):
    """Executes the rewriter's module, and then adapts it."""

    def __init__(self, name: str, path: str, settings: Settings) -> None:
        super().__init__(name, path)
        self._settings = settings

    def exec_module(self, module: ModuleType) -> None:
        """As the host's loader, and `_adapt`."""
        super().exec_module(module)
        _adapt(module, self._settings)


def _adapt(rewriter: ModuleType, settings: Settings) -> None:
    """Give the module our `compile`, and a cache that knows bytecode."""
    tests = _RewrittenTests(settings, vars(rewriter))
    vars(rewriter)["compile"] = tests.compile
    for name, replacement in (("_read_pyc", tests.read), ("_write_pyc", tests.write)):
        if name in vars(rewriter):
            setattr(rewriter, name, replacement)


class _RewrittenTests:
    """The functions that stand in for the rewriter's own."""

    def __init__(self, settings: Settings, rewriter: dict[str, Any]) -> None:
        self._settings = settings
        self._host_read = rewriter.get("_read_pyc")
        self._host_write = rewriter.get("_write_pyc")
        self._compiled: dict[str, tuple[CodeType, CodeType, bytes]] = {}

    def compile(self, tree: Any, filename: Any, mode: str, *rest: Any, **options: Any) -> Any:
        """The built-in `compile`, for rewritten trees of modules that the policy takes."""
        name = os.fspath(filename)
        if mode != "exec" or isinstance(tree, str | bytes) or not self._takes(name):
            return compile(tree, filename, mode, *rest, **options)
        try:
            return self._compile_tree(tree, name)
        except HostCompiles as reason:
            fallback = Fallback(_name(name), name, str(reason))
        code = compile(tree, filename, mode, *rest, **options)
        statistics.fallbacks.append(fallback)
        return code

    def _compile_tree(self, tree: ast.Module, filename: str) -> CodeType:
        compiled = compile_tree(tree, filename, self._settings)
        bytecode = compiled.bytecode
        code = code_of_compiled(compiled, filename, self._settings)
        self._compiled[filename] = code, compiled.code, bytecode
        return loaded(_name(filename), filename, "source", code, lambda: bytecode, self._settings)

    def read(self, source: Any, pyc: Any, *trace: Any) -> Any:
        """`_read_pyc`: the code of the test module `source` from the blob that belongs to `pyc`."""
        filename = os.fspath(source)
        if not self._takes(filename):
            return self._host_read and self._host_read(source, pyc, *trace)
        blob = cache.read(_blob_path(pyc))
        try:
            if blob is None or not blob.belongs_to(Identity.of_source(read_source(filename))):
                return None
        except OSError:
            return None
        code = code_of_blob(blob, filename, self._settings)
        if code is None:
            return None
        return loaded(_name(filename), filename, "cache", code, blob.bytecode, self._settings)

    def write(self, state: Any, code: CodeType, source_id: Any, pyc: Any) -> Any:
        """`_write_pyc`: code that came from `compile` goes into a blob, other code as ever."""
        compiled = self._compiled.pop(code.co_filename, None)
        if compiled is None or compiled[0] is not code:
            return self._host_write and self._host_write(state, code, source_id, pyc)
        _, host_code, bytecode = compiled
        try:
            identity = Identity.of_source(read_source(code.co_filename))
        except OSError:
            return False
        cache.write(_blob_path(pyc), cache.make(identity, host_code, bytecode), code.co_filename)
        return True

    def _takes(self, filename: str) -> bool:
        return self._settings.policy.is_own_code(filename)


def _name(filename: str) -> str:
    return os.path.basename(filename).removesuffix(".py")


def _blob_path(pyc: Any) -> str:
    """Beside pytest's own file, whose name has pytest's version in it."""
    path: str = os.fspath(pyc)
    return path.removesuffix(".pyc").removesuffix(".pyo") + cache.suffix()
