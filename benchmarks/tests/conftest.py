"""Makes the runner's modules and the fakes beside the tests importable, as `run.py` sees them."""

import sys
from pathlib import Path

TESTS = Path(__file__).parent

sys.path[:0] = [str(TESTS.parent), str(TESTS)]
