"""`python -m tauraro_frontend`: compile, dis, verify.

Exit codes: 0 done, 1 the file is no program or cannot be read or written, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import io
import sys
import tokenize
import traceback
from collections.abc import Sequence
from pathlib import Path

from .bytecode.container import MAGIC
from .bytecode.decode import decode_module
from .bytecode.disassemble import disassemble
from .bytecode.encode import encode_module
from .bytecode.module import BytecodeModule
from .bytecode.verify import verify_module
from .errors import BytecodeError
from .pipeline import build_checked


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    options = parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        return code
    except SyntaxError:
        sys.stderr.writelines(traceback.format_exception_only(sys.exception()))
    except (BytecodeError, OSError, ValueError, RecursionError) as error:
        print(f"{options.file}: {message_of(error)}", file=sys.stderr)
    return 1


def message_of(error: Exception) -> str:
    """An error in one line, the file left out."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    if isinstance(error, RecursionError):
        return "the program is nested too deeply"
    return str(error)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    root = argparse.ArgumentParser(
        prog="python -m tauraro_frontend",
        description="Python source to verified register bytecode.",
    )
    commands = root.add_subparsers(title="commands", required=True, metavar="COMMAND")

    compiling = commands.add_parser("compile", help="compile a source file to a .tbc file")
    compiling.add_argument("file", metavar="SRC", type=Path)
    compiling.add_argument(
        "-o", "--output", metavar="X.tbc", type=Path, help="default: SRC with suffix .tbc"
    )
    compiling.set_defaults(run=run_compile)

    printing = commands.add_parser("dis", help="print the bytecode of a source or .tbc file")
    printing.add_argument("file", metavar="FILE", type=Path)
    printing.add_argument("--no-spans", action="store_true", help="leave the source spans out")
    printing.set_defaults(run=run_dis)

    verifying = commands.add_parser(
        "verify", help="check that a .tbc file is whole and holds a program"
    )
    verifying.add_argument("file", metavar="X.tbc", type=Path)
    verifying.set_defaults(run=run_verify)
    return root


def run_compile(options: argparse.Namespace) -> int:
    """`compile SRC -o X.tbc`."""
    source: Path = options.file
    output: Path = options.output or source.with_suffix(".tbc")
    if output == source:
        raise ValueError("this is not a source file: name the output with -o")
    text = source.read_bytes()
    data = encode_module(build_checked(text, str(source)))
    decode_module(data)  # which verifies it
    output.write_bytes(data)
    return 0


def run_dis(options: argparse.Namespace) -> int:
    """`dis FILE`: source lines are shown where the source is at hand."""
    data: bytes = options.file.read_bytes()
    module: BytecodeModule
    if data.startswith(MAGIC):
        module, text = decode_module(data), None
    else:
        module, text = build_checked(data, str(options.file)), decoded(data)
    sys.stdout.write(disassemble(module, text, spans=not options.no_spans))
    return 0


def decoded(source: bytes) -> str:
    """The text of a source file that the host has accepted, in the encoding it declares."""
    encoding, _ = tokenize.detect_encoding(io.BytesIO(source).readline)
    return source.decode(encoding, "replace")


def run_verify(options: argparse.Namespace) -> int:
    """`verify X.tbc`."""
    module = decode_module(options.file.read_bytes(), verify=False)
    verify_module(module)
    count = sum(len(code.instructions) for code in module.codes)
    print(f"{options.file}: {len(module.codes)} code objects, {count} instructions, verified")
    return 0


if __name__ == "__main__":
    sys.exit(main())
