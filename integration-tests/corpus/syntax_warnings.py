"""Warnings that the compiler gives, before the first line runs.

Writes to standard error.
"""

print("runs after the warnings")
x = 1
print(x is 1, x is not "a")
assert (x, "always true")
print("\d", b"\q")
for number in range(2):
    print(1 if number else 2)
try:
    print((1, 2)["a"])
except TypeError as error:
    print(error)
try:
    "text"(3)
except TypeError as error:
    print(error)
print(0x1for x in ())
print([1, 2, 3] is [])
