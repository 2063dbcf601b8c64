"""The verifier: a module in; nothing out, or BytecodeError with the place.

module.py        the tables and the tree of code objects
declarations.py  one code object's name, parameters, locals, cells
code.py          one pass over its instructions: regions, temporaries, spans
rows.py          the instruction table prepared for that pass
immediates.py    one check for each kind of immediate
expressions.py   rules beyond the table: displays, calls, comprehensions
stores.py        ... stores, imports
control.py       ... statement regions, patterns
definitions.py   ... functions, classes, annotations
"""

from .module import verify_module

__all__ = ["verify_module"]
