"""Programs with threads, tasks and processes, run many times in the VM: no difference, no hang.

    cd integration-tests
    python -m concurrency.run [--times 100] [--mode threshold ...] [--jobs 2] [NAME ...]

programs/  the programs; each prints the same in every run, whatever the order of events was
repeat.py  one program in one mode, many times -> what differed from CPython
run.py     the command

It runs in the interpreter that starts it, in which Tauraro must be installed.
"""
