"""A SyntaxError raised at run time by compile(), uncaught.

Exit status: 1
"""

print("before")
exec("x = 1\nif x:\n    y = (1 +\n")
