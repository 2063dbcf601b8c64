"""Names: which variable each identifier means.

mangle.py   private names of classes
scopes.py   the scope tree and where each variable lives
collect.py  one walk over the AST: bindings, uses, declarations
"""
