"""Runs one test module of the host's `test` package, in the VM or in plain CPython.

In: `child.py HOW MODULE OUTPUT`, HOW being cpython, interp or host. Out: a JSON file with an
outcome for each test method. Only the test module itself runs in the VM; what it imports does not.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
import time
import traceback
import unittest
from pathlib import Path
from types import CodeType, ModuleType, TracebackType
from typing import Any

# A test's outcomes, worst last: a method with subtests has the worst of them.
OUTCOMES = ("passed", "skipped", "expected failure", "unexpected success", "failed", "error")


def compile_for(how: str, source: bytes, filename: str) -> CodeType:
    """The code object of a module's source."""
    if how == "cpython":
        return compile(source, filename, "exec", dont_inherit=True)
    from tauraro_frontend.bytecode.decode import decode_module
    from tauraro_frontend.pipeline import compile_source

    module = decode_module(compile_source(source, filename))
    if how == "host":
        from tauraro_vm.host.compile import host_code

        return host_code(module)
    from tauraro_vm.interp import interp_code

    return interp_code(module)


def load(how: str, name: str) -> ModuleType:
    """Import a module by hand."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ImportError(f"no source of {name}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    exec(compile_for(how, Path(spec.origin).read_bytes(), spec.origin), module.__dict__)
    return module


ExcInfo = tuple[type[BaseException], BaseException, TracebackType] | tuple[None, None, None]


class Recorder(unittest.TestResult):
    """Remembers the outcome of each test by its id."""

    def __init__(self) -> None:
        super().__init__()
        self.outcomes: dict[str, str] = {}
        self.details: dict[str, str] = {}
        self.log = open(os.devnull, "w")  # noqa: SIM115 - lives as long as the process

    def record(self, test: Any, outcome: str, err: Any = None) -> None:
        """Note an outcome unless a worse one is there."""
        name = test.id()
        before = self.outcomes.get(name, OUTCOMES[0])
        if OUTCOMES.index(outcome) >= OUTCOMES.index(before):
            self.outcomes[name] = outcome
            if err is not None:
                self.details[name] = "".join(traceback.format_exception(*err))[-4000:]

    def startTest(self, test: Any) -> None:
        super().startTest(test)
        self.outcomes.setdefault(test.id(), OUTCOMES[0])

    def addSuccess(self, test: Any) -> None:
        self.record(test, "passed")

    def addFailure(self, test: Any, err: ExcInfo) -> None:
        self.record(test, "failed", err)

    def addError(self, test: Any, err: ExcInfo) -> None:
        self.record(test, "error", err)

    def addSkip(self, test: Any, reason: str) -> None:
        self.record(test, "skipped")

    def addExpectedFailure(self, test: Any, err: ExcInfo) -> None:
        self.record(test, "expected failure")

    def addUnexpectedSuccess(self, test: Any) -> None:
        self.record(test, "unexpected success")

    def addSubTest(self, test: Any, subtest: Any, err: ExcInfo | None) -> None:
        if err is not None:
            outcome = "failed" if isinstance(err[1], test.failureException) else "error"
            self.record(test, outcome, err)


def run_tests(how: str, name: str) -> dict[str, Any]:
    """Load and run one test module."""
    started = time.monotonic()
    recorder = Recorder()
    problem = ""
    try:
        module = load(how, f"test.{name}")
        suite = unittest.defaultTestLoader.loadTestsFromModule(module)
        suite.run(recorder)
    except unittest.SkipTest as skip:
        problem = f"skipped: {skip}"
    except BaseException:
        problem = traceback.format_exc()[-4000:]
    return {
        "outcomes": recorder.outcomes,
        "details": recorder.details,
        "problem": problem,
        "seconds": round(time.monotonic() - started, 2),
    }


def main() -> None:
    """Run the module named on the command line."""
    how, name, output = sys.argv[1:]
    sys.argv[:] = [name]
    sys.path[0] = ""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.chdir(folder)
        result = run_tests(how, name)
        os.chdir("/")
    Path(output).write_text(json.dumps(result))
    sys.stdout.flush()
    os._exit(0)  # threads and processes that a test left behind must not hold up the run


if __name__ == "__main__":
    main()
