"""`.tbc` files as programs and as modules without source.

In: a file made by `tauraro compile`. Out: the code object of the chosen tier, and the loader that
the import system uses for it, like the host's own for a `.pyc` without source.

The code says of itself that it comes from the file that was compiled, wherever that is now.
"""

from __future__ import annotations

import _frozen_importlib_external as _external

from .code import Settings, code_of_bytecode, loaded, read_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any


class TbcLoader(_external.SourcelessFileLoader):
    """Loads one module. `settings` are those of the importer that found it."""

    settings: Settings

    def get_code(self, fullname: str) -> CodeType:
        """The module's code. Raises ImportError for a file that is no valid bytecode."""
        path = str(self.get_filename(fullname))
        try:
            return load_tbc(fullname, path, self.settings)
        except ValueError as error:
            raise ImportError(f"{path}: {error}", name=fullname, path=path) from None

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled by what it was made from."""
        return type(self), (self.name, self.path)


def load_tbc(name: str, path: str, settings: Settings) -> CodeType:
    """The code of the program or module in `path`. Raises OSError, BytecodeError (a ValueError)."""
    bytecode = read_source(path)
    code = code_of_bytecode(bytecode, None, settings)
    return loaded(name, code.co_filename, "tbc", code, lambda: bytecode, settings)
