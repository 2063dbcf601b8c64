"""The native tier of Tauraro: hot regions of bytecode to native code, by LLVM.

In: a hot region and the types seen in it. Out: native code, or the reason why there is none.

plugin.py  the native tier that the virtual machine finds

This file imports nothing: finding the plugin must stay cheap.
"""

__version__ = "0.1.0"
