"""Which loops become native, and when.

finding.py   looks at running frames: which code is hot
tiering.py   the loops of hot code: compiles them, and looks after native ones
loops.py     the life of one loop: cold, watched, native, declined, retired
report.py    what `--stats` and `why` tell
"""
