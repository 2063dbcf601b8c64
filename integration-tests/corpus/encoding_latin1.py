# -*- coding: latin-1 -*-
"""A declared encoding other than UTF-8."""

name = "café §"
print(ascii(name), len(name), "über"[0] == "\xfc")


def failing():
    return name + 1  # éé


import traceback

try:
    failing()
except TypeError:
    print(ascii(traceback.format_exc().splitlines()[-3:]))
