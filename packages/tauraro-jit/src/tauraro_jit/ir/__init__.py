"""The intermediate representation: typed SSA over basic blocks with parameters.

types.py      value types
ops.py        the operation table
graph.py      values, operations, blocks, exits, functions
printer.py    function -> text
parser.py     text -> function
dominance.py  the dominator tree of a function
verify.py     one pass: types, dominance, arity, exits
semantics.py  what each operation computes, in Python
instances.py  attributes of instances, for the evaluator
dicts.py, texts.py, heaps.py  the same of what their names say
evaluate.py   runs a function in Python: what native code must do
"""
