"""Where the host keeps what native code reads and writes, found once per process.

memory.py   reading memory that may not be there
offsets.py  struct offsets of each host version
probe.py    comparing the offsets with live objects
host.py     the result: offsets that hold, and the features that are off, with reasons
families.py  which types are buffers, told without reading memory
instances.py  attributes of instances, probed when a hot loop meets some
dicts.py, sets.py, strings.py, tuples.py, deques.py   the same of these
"""
