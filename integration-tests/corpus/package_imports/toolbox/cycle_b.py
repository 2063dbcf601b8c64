import toolbox.cycle_a as a

seen = ("b sees a without seen", hasattr(a, "seen"))
