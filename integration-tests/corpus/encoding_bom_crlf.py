"""A byte order mark, and Windows line ends."""

x = """a
b"""
print(repr(x), \
      "joined")
if x:
    print("in a block")
