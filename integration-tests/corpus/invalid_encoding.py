"""Bytes that are not UTF-8.

Exit status: 1
"""

print("never")
name = "café"
