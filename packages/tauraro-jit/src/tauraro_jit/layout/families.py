"""The types of buffers and of NumPy's scalars, as far as the program has imported them.

Apart from `buffers`, which needs `ctypes`: whoever looks at a running program asks, and most
programs never get to more than that.
"""

from __future__ import annotations

import sys


def known_types() -> dict[type, str]:
    """The types of buffers that the program may have, and their families."""
    found: dict[type, str] = {bytes: "bytes", bytearray: "bytearray", memoryview: "memoryview"}
    for name, family in (("array", "array"), ("numpy", "ndarray")):
        made = getattr(sys.modules.get(name), family, None)
        if isinstance(made, type):
            found[made] = family
    return found


def is_scalar(kind: type) -> bool:
    """Whether this is a type of NumPy's scalars that are calculated with."""
    numpy = sys.modules.get("numpy")
    return kind in (getattr(numpy, "float64", None), getattr(numpy, "int64", None))
