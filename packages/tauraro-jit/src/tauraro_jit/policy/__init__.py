"""Which loops become native, and when.

loops.py     the life of one loop: cold, watched, native, declined, retired
tiering.py   all loops of the process: finds hot ones, compiles them, looks after them
sampler.py   the thread that looks at running frames
report.py    what `--stats` and `why` tell
"""
