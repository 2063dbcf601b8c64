"""The host's own test suite, run in the VM and compared with CPython, method by method.

run.py        the command: a table, the methods that differ, JSON
child.py      one test module in one process, in CPython or in the VM
comparison.py results of two runs -> what differs
expected.py   differences that are known, with their reasons (expected.txt)
"""
