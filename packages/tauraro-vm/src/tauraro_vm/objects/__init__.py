"""What the virtual machine knows about the host's objects.

mro.py      method resolution: C3, lookups with their guards, attribute loads, `super`
"""
