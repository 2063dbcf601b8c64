"""The boundary to a native tier (tier 2), which another distribution may provide.

protocol.py      what a native tier takes and gives: the protocols and their data types
entry_points.py  plugins named by the installed distributions, read from disk
scan_cache.py    what the last scan of the installed distributions found
discovery.py     the plugin to use, imported, or the reason why there is none
interpreters.py  whether there are other interpreters in the process
sampler.py       the thread that looks at running frames
forking.py       work of ours that a fork must not cut in two

This file imports nothing: a run without a native tier must not pay for the protocol's types.
"""

PROTOCOL_VERSION = 3
"""Grows whenever a plugin made for the previous number could misbehave. Compared for equality."""
