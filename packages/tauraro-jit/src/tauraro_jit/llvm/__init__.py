"""IR to LLVM.

host.py        offsets and addresses of the running host
tables.py      operations that are one LLVM instruction
operations.py  operations that take several (stores.py: stores into lists; lists.py: lists that
               grow and shrink; owned.py: what a region makes; dicts.py, sets.py and strings.py:
               what these have; entries.py: going through dicts and sets; texts.py: new strings;
               tuples.py: new tuples, and tuples as keys; heaps.py, deques.py; plain.py: what ends
               quietly)
exits.py       the ways out
whole_numbers.py  functions of ints that go round a loop
bodies.py      functions that a region calls (stack_end.py: where a thread's stack ends)
instances.py   operations on instances of classes
emit.py        function -> LLVM IR text
"""
