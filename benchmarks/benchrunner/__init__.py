"""Compare Python interpreters by the CPU time of whole processes.

In the order in which a run passes through them:

interpreters.py  `NAME=COMMAND` from the command line -> the argument vector of one process
programs.py      a directory -> the benchmark programs in it, filtered by group and name
workspace.py     a program -> a private copy with a warm or a cold `__pycache__`
process.py       one process -> its CPU time, exit code and output
pairing.py       contenders and rounds -> interleaved samples, or the reason why there are none
ratios.py        paired samples -> median ratios, their range, geometric means
results.py       all samples of a run -> summaries and JSON
environment.py   where and with what the figures were made
tables.py        rows and columns -> plain text, Markdown or a `rich` table
report.py        results -> tables
module_tree.py   a package of generated modules, to measure imports
startup.py       cases and figures of start-up: `-c pass`, imports, compilation, memory
options.py       command-line options shared by `run.py` and `startup.py`
"""
