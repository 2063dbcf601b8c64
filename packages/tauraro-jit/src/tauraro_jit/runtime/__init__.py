"""Entering compiled regions from running host frames, and leaving them into the same frames.

In the order of a loop's life:

instrument.py   host AST -> host AST with a test at the start of each loop's body
marks.py        the constants in that test: which loop it is
switch.py       switching the test on and off; watching a loop come round
activation.py   whether a running call is a new one
hostcode.py     facts of host bytecode: stack depths, handlers, back-edges
twin.py         which statement each host instruction belongs to
site.py         a loop: where frames stand when they enter, and where they go on
line_table.py   the host's table of source positions
recursion.py    functions that may come to call themselves: they are entered where they begin
function_site.py  such a function, as site.py
variables.py    where the bytecode's variables live in host frames
quiet.py        how many threads are inside; waiting until none is
table.py        a compiled region as words in memory that the trampoline reads
trampoline.py   LLVM IR: frame -> slots -> region -> frame (trampoline_values.py and
                trampoline_iterators.py: its leaves)
entry.py        the objects that tier 1's code calls
install.py      regions into loops and out again, with counters
observe.py      what a running frame's variables and iterator hold
"""
