import sys

loaded_by = __name__
try:
    reloaded = counter
except NameError:
    reloaded = None
counter = 1
