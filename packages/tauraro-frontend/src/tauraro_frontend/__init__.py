"""Python source to verified register bytecode.

In: the text of a module. Out: the bytes of a `.tbc` file.

astree/      text -> AST
bind/        AST -> scopes (local, cell, free, global)
build/       AST + scopes -> bytecode module
bytecode/    the instruction set, the module's data types, encode, decode, verify, disassemble
pipeline.py  the stages in order, behind the `Frontend` protocol
errors.py    what can go wrong, by name

This file imports nothing: a warm start must be able to import a submodule at no other cost.
"""

__version__ = "0.1.0"
