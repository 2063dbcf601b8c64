"""Native code as data: what a compiled region reads, writes and how it is left.

    region.py   the contract between compiled code and the runtime that enters and leaves it
    poll.py     the word in which the host asks for the interpreter
"""
