from .cycle_partial import late
