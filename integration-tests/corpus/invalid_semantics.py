"""A file that parses and still cannot be compiled.

Exit status: 1
"""

print("never printed")
for i in range(3):
    pass
else:
    continue
