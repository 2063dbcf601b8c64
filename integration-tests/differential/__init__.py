"""The same program on CPython and in each tier of the VM: what it writes must be equal.

In:  the programs of `examples/` and `integration-tests/corpus/`.
Out: tests (`test_corpus.py`), or a table for people (`run_corpus.py`).

    programs.py     which programs there are, how each is started, what it may write
    running.py      start one program, on the host or in a tier; compare two outcomes
    run_corpus.py   `python -m differential.run_corpus`, from the folder integration-tests
"""
