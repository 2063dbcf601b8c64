"""A file that cannot be compiled: the error names the line and marks the place.

Exit status: 1
"""

print("never printed")


def function(a, b):
    return a +* b
