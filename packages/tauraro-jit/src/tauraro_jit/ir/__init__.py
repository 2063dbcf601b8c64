"""The intermediate representation: typed SSA over basic blocks with parameters.

types.py    value types
ops.py      the operation table
graph.py    values, operations, blocks, exits, functions
printer.py  function -> text
verify.py   one pass: types, dominance, arity
"""
