"""Text to native code, and native code as data: what a compiled region reads, writes and how it is
left.

compile.py      LLVM IR text -> object code -> address
generator.py    what a code generator does
library.py      LLVM's shared library by itself, quickly loaded
binding.py      LLVM through llvmlite's package
object_file.py  the size of the code in an object file
perf_map.py     where the native code is, for the profiler `perf`
region.py       the contract between compiled code and the runtime that enters and leaves it
calls.py        what code of functions keeps in memory between calls
stack.py        the size of a thread's stack
poll.py         the word in which the host asks for the interpreter
"""
