"""From a module's name, or a program's source, to the code object that a tier executes.

hidden.py          functions whose frames no traceback and no stack walk shows
policy.py          which modules run in the virtual machine
cache.py           blobs in `__pycache__`: verified bytecode and tier 1's code, per host version
isolation.py       importing our own parts without meeting the program's modules
code.py            source or `.tbc` -> code object of the chosen tier, with the host as fallback
importer.py        the import hook: source files and zip files
tbc.py             `.tbc` files as modules without source
pytest_rewrite.py  test modules that pytest rewrites
native.py          requests for native code

This file imports nothing: a warm start loads single modules of this package.
"""
