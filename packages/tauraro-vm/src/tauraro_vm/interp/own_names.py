"""The built-in names, as they were when the VM was loaded, for the functions of this package: a
program may replace or delete those of the host.

Each module of the package that works while a program runs begins with an import of this one name:
the host gives the `__builtins__` among a module's globals to the functions defined after it.
"""

from __future__ import annotations

import builtins
from typing import Any

__builtins__: dict[str, Any] = dict(vars(builtins))
