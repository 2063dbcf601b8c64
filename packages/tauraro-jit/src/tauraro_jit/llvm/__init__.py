"""IR to LLVM.

host.py   offsets and addresses of the running host
emit.py   function -> LLVM IR text
"""
