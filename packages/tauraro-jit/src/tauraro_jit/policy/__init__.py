"""Which loops become native, and when.

finding.py     looks at running frames: which code is hot
knocking.py    has the loops of hot code tell when they come round
callers.py     whether the loop around a call is compiled instead
codes.py       the code object that something belongs to, not kept
screening.py   which loops native code cannot help, told from the host's bytecode
values.py      the same, told from what a frame holds
containers.py  dicts, sets and strings that native code can help
pace.py        whether a loop is entered for a few short rounds each time
tiering.py     the loops of hot code: compiles them, and looks after native ones
programs.py    what is known of loaded modules
loops.py       the life of one loop: cold, watched, native, declined, retired
profile.py     where the time goes
inspection.py  what somebody asks for who looks closely: --jit-only, --dump, perf
report.py      what `--stats` tells
why.py         what `why` tells of the loops around a line
"""
