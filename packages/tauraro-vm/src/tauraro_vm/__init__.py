"""Runs Python programs from Tauraro bytecode inside CPython.

In: `.tbc` bytes, or source through a frontend. Out: a running program.

cli/        the `tauraro` command
load/       from a module's name to its code: finder, caches, linker
objects/    method resolution, functions, classes, generators, tracebacks
interp/     tier 0: executes the bytecode itself
host/       tier 1: host code regenerated from the bytecode
tier/       what a native tier (tier 2) implements, and how one is found

This file imports nothing: a warm start must be able to import a submodule at no other cost.
"""

__version__ = "0.1.0"
