"""Passes on the IR: a function in, the same function in fewer and faster operations.

pipeline.py     the passes in order
replacement.py  values that stand for others
constants.py    each constant once, in the entry
parameters.py   block parameters that are copies
folding.py      constant folding, algebra (not in the pipeline)
blocks.py       blocks never reached, blocks with one predecessor
commoning.py    common subexpressions
loops.py        natural loops, preheaders, exits before loops
hoisting.py     loop-invariant code
ranges.py       index tests of counters
bounds.py       tests of several constant indexes
guards.py       guards and branches whose outcome is known
elements.py     types of elements that are replaced
dead_code.py    what nobody uses
"""
