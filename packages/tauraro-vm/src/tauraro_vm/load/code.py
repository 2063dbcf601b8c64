"""Source or `.tbc` in, code object of the chosen tier out.

    source -> frontend -> .tbc -> decode and verify -> tier 1's host code    (kept in a blob)
                                                    -> tier 0's code object  (`--tier=interp`)

What the virtual machine cannot compile is left to the host, which then says why in its own words
or, where it can, compiles it: `HostCompiles` carries the reason for `--stats`.
"""

from __future__ import annotations

import os
from io import open_code

from ..trace import LoadedModule, statistics
from . import cache
from .cache import Blob, Identity
from .isolation import import_part
from .policy import Policy

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Callable
    from types import CodeType
    from typing import Any

    from tauraro_frontend.bytecode.module import BytecodeModule

    from .tiering import NativeTiering

HOST = "host"
INTERP = "interp"


class HostCompiles(ValueError):
    """The virtual machine does not compile this source; the message is the reason."""


class Settings:
    """How this process runs programs: the tier, which modules, and what to dump on the way.

    `on_bytecode` is called with the name, the file and the `.tbc` of everything that is loaded,
    `on_compiling` before anything is compiled.
    """

    __slots__ = ("native", "on_bytecode", "on_compiling", "policy", "tier")

    def __init__(
        self, policy: Policy, tier: str = HOST, native: NativeTiering | None = None
    ) -> None:
        self.policy = policy
        self.tier = tier
        self.native = native
        self.on_bytecode: Callable[[str, str, bytes], None] | None = None
        self.on_compiling: Callable[[], None] | None = None


class Source:
    """A source to load: `name` is the module's, `filename` what its code says of itself.

    `read` gives its bytes; in `text`, UTF-8, a coding cookie means nothing. `blob_path` is where
    the blob lies, if anywhere, and `owner` the file whose permissions it gets.
    """

    __slots__ = ("_content", "blob_path", "filename", "is_text", "name", "owner", "read", "status")

    def __init__(
        self,
        name: str,
        filename: str,
        read: Callable[[], bytes],
        blob_path: str | None = None,
        owner: str | None = None,
        status: os.stat_result | None = None,
        is_text: bool = False,
    ) -> None:
        self.name = name
        self.filename = filename
        self.read = read
        self.blob_path = blob_path
        self.owner = owner
        self.status = status
        self.is_text = is_text
        self._content: bytes | None = None

    @property
    def content(self) -> bytes:
        """The bytes, read once."""
        if self._content is None:
            self._content = self.read()
        return self._content

    def identity(self, blob: Blob | None) -> Identity:
        """By time and size where a status is known, unless the present blob goes by content."""
        if self.status is None or (blob is not None and blob.identified_by_content()):
            return Identity.of_source(self.content)
        return Identity.of_stat(self.status)


def source_of_module(name: str, path: str) -> Source:
    """The source of a module in the file `path`. Raises OSError if there is no such file."""
    status = os.stat(path)
    return Source(name, path, lambda: read_source(path), cache.beside_source(path), path, status)


def source_of_bytes(name: str, filename: str, content: bytes, path: str | None = None) -> Source:
    """A source whose bytes are there already.

    With the `path` of the Python file it came from, its blob lies beside that file.
    """
    if path is not None:
        return Source(name, filename, lambda: content, cache.beside_source(path), path)
    return Source(name, filename, lambda: content, cache.by_content(content, filename))


def source_of_text(name: str, filename: str, text: str) -> Source:
    """A source that was never a file. Raises UnicodeEncodeError for text that is no UTF-8."""
    content = text.encode()
    blob_path = cache.by_content(content, filename)
    return Source(name, filename, lambda: content, blob_path, is_text=True)


def read_source(path: str) -> bytes:
    """The bytes of a source file, opened as the import system opens code."""
    with open_code(path) as file:
        data: bytes = file.read()
    return data


def load_source(source: Source, settings: Settings) -> CodeType:
    """The code object of a source, from its blob if that is fresh. Raises HostCompiles, OSError.

    What the host compiles at every start, such as a main program, also warns at every start: with
    warnings, it gets no blob.
    """
    blob = cache.read(source.blob_path)
    identity = source.identity(blob)
    if blob is not None and blob.belongs_to(identity):
        cached = code_of_blob(blob, source.filename, settings)
        if cached is not None:
            return loaded(source.name, source.filename, "cache", cached, blob.bytecode, settings)
    text = source.content.decode() if source.is_text else source.content
    compiled = compile_text(text, source.filename, settings)
    bytecode, code = compiled.bytecode, compiled.code
    native = settings.native
    is_prepared = native is None or native.has_prepared(code)
    if is_prepared and (source.status is not None or not compiled.warned):
        cache.write(source.blob_path, cache.make(identity, code, bytecode), source.owner)
    code = code_of_compiled(compiled, source.filename, settings)
    return loaded(source.name, source.filename, "source", code, lambda: bytecode, settings)


def code_of_compiled(compiled: Compiled, filename: str, settings: Settings) -> CodeType:
    """The code object of the chosen tier. Raises HostCompiles."""
    if settings.tier == HOST:
        return compiled.code
    try:
        return code_of_bytecode(compiled.bytecode, filename, settings, trusted=True)
    except Exception as error:
        raise HostCompiles(_reason(error)) from None


def code_of_blob(blob: Blob, filename: str, settings: Settings) -> CodeType | None:
    """The code object of the chosen tier from a fresh blob; None if the blob turns out damaged."""
    if settings.tier == HOST:
        return blob.code(filename)
    try:
        return code_of_bytecode(blob.bytecode(), filename, settings, trusted=True)
    except Exception:
        return None  # it is compiled again, and --stats tells what is wrong


def loaded(
    name: str,
    filename: str,
    origin: str,
    code: CodeType,
    bytecode: Callable[[], bytes],
    settings: Settings,
) -> CodeType:
    """Note that the code of a module, a program or a statement is about to run; gives it back.

    `bytecode` gives the `.tbc` when somebody wants it; it may raise OSError or ValueError then.
    """
    if settings.on_bytecode is not None:
        settings.on_bytecode(name, filename, bytecode())
    statistics.add(LoadedModule(name, filename, settings.tier, origin, code, bytecode))
    if settings.native is not None:
        settings.native.loaded(code)
    return code


class Compiled:
    """A source's bytecode, tier 1's code made from that, and whether the source has warnings."""

    __slots__ = ("bytecode", "code", "warned")

    def __init__(self, bytecode: bytes, code: CodeType, warned: bool) -> None:
        self.bytecode = bytecode
        self.code = code
        self.warned = warned


def compile_text(
    text: bytes | str, filename: str, settings: Settings, mode: str = "exec"
) -> Compiled:
    """Compile a source. Raises HostCompiles.

    Warnings are issued when all went well: where the host compiles, it issues them itself.
    """
    return _compile("compile_source", (text, filename, mode), filename, settings)


def compile_tree(tree: ast.Module, filename: str, settings: Settings) -> Compiled:
    """As `compile_text`, for a tree that somebody made or changed. Raises HostCompiles."""
    return _compile("compile_tree", (tree, filename), filename, settings)


def _compile(stage: str, arguments: tuple[Any, ...], filename: str, settings: Settings) -> Compiled:
    """Call a function of the frontend's pipeline, and make tier 1's code of what it gives.

    Bytecode that was made here is not verified, whose purpose is to keep others' from doing harm;
    the host's compiler, which gets its statements back, judges the program.
    """
    if settings.on_compiling is not None:
        settings.on_compiling()
    warnings: Any = import_part("warnings", settings.policy)
    try:
        with warnings.catch_warnings(record=True, module=warnings) as caught:
            warnings.simplefilter("always")
            pipeline = import_part("tauraro_frontend.pipeline", settings.policy)
            bytecode: bytes = getattr(pipeline, stage)(*arguments)
            code = code_of_bytecode(bytecode, filename, settings, HOST, trusted=True)
        for warning in caught:
            # Raises where filters make errors of warnings: then the host says so.
            warnings.warn_explicit(
                warning.message, warning.category, warning.filename, warning.lineno
            )
    except Exception as error:
        # Also an error of the compiler itself: the program runs, and --stats tells.
        raise HostCompiles(_reason(error)) from None
    return Compiled(bytecode, code, bool(caught))


def code_of_bytecode(
    bytecode: bytes,
    filename: str | None,
    settings: Settings,
    tier: str | None = None,
    trusted: bool = False,
) -> CodeType:
    """The code object of a tier, by default the chosen one. Raises BytecodeError.

    `filename` replaces the one that the module was compiled with. Bytecode that is not `trusted`
    is verified.
    """
    policy = settings.policy
    module = module_of_bytecode(bytecode, settings, trusted)
    if (tier or settings.tier) == INTERP:
        interpreter: Any = import_part("tauraro_vm.interp", policy)

        def host_code(module: BytecodeModule, filename: str, optimize: int) -> CodeType:
            translator: Any = import_part("tauraro_vm.host.compile", policy)
            code: CodeType = translator.host_code(module, filename, optimize)
            return code

        code: CodeType = interpreter.interp_code(module, filename, host_code=host_code)
        return code
    if settings.native is not None:
        return settings.native.compile(module, filename)
    translator: Any = import_part("tauraro_vm.host.compile", policy)
    code = translator.host_code(module, filename)
    return code


def module_of_bytecode(
    bytecode: bytes, settings: Settings, trusted: bool = False
) -> BytecodeModule:
    """The decoded module; verified unless it is `trusted`. Raises BytecodeError."""
    decoder: Any = import_part("tauraro_frontend.bytecode.decode", settings.policy)
    if not trusted:
        import_part("tauraro_frontend.bytecode.verify", settings.policy)
    module: BytecodeModule = decoder.decode_module(bytecode, verify=not trusted)
    return module


def _reason(error: Exception) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
