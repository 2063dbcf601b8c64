from . import cycle_b

seen = ("a sees", cycle_b.__name__)
