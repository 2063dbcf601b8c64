"""The package's docstring."""

from .deep import sibling as _sibling
from . import deep

VERSION = "1.0"
__all__ = ["exported", "greet", "deep"]
exported = "exported by __all__"
not_exported = "not in __all__"
_private = "private"


def greet(name):
    return f"hello {name} from {__name__}"


def __getattr__(name):
    if name in ("dynamic_attribute", "computed"):
        return f"module __getattr__({name})"
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__():
    return ["a", "zz_last"]
