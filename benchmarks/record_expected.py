"""Record what every program prints at its smallest size, under the Python that runs this file.

    python benchmarks/record_expected.py

The outputs go to `tests/expected_tiny.json`, with which the tests compare; look at the difference
before keeping it.
"""

import json
import subprocess
import sys
from pathlib import Path

from benchrunner.programs import SIZES, Program, discover

ROOT = Path(__file__).parent / "programs"
EXPECTED_FILE = Path(__file__).parent / "tests" / "expected_tiny.json"


def label(program: Program) -> str:
    """The name of a program in the file."""
    return f"{program.group}/{program.name}"


def record() -> dict[str, str]:
    """Outputs by label; a program that fails ends the recording."""
    return {
        label(program): subprocess.run(
            [sys.executable, program.path, SIZES[0]], capture_output=True, text=True, check=True
        ).stdout
        for program in discover(ROOT)
    }


if __name__ == "__main__":
    EXPECTED_FILE.write_text(json.dumps(record(), indent=2) + "\n", encoding="utf-8")
