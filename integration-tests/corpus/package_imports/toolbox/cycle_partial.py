from . import cycle_partial_other

late = 1
