"""IR to LLVM.

host.py        offsets and addresses of the running host
tables.py      operations that are one LLVM instruction
operations.py  operations that take several (stores.py: stores into lists)
emit.py        function -> LLVM IR text
"""
