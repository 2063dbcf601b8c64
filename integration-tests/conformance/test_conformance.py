"""A small part of the host's own test suite, in tier 0; `run.py` (`tox -e conformance`) runs all of
it in every tier."""

from __future__ import annotations

import importlib.util
import sys

import pytest

from conformance.comparison import ModuleComparison, compare
from conformance.expected import (
    EXPECTED,
    Expected,
    listed_in_vain,
    read_expected,
    reason_for,
)
from conformance.run import MODULES, TIERS, compare_module, main

SAMPLE = (
    "test_binop",
    "test_compare",
    "test_decorators",
    "test_dict",
    "test_exception_variations",
    "test_generators",
    "test_grammar",
    "test_patma",
    "test_raise",
    "test_scope",
    "test_super",
    "test_unpack_ex",
    "test_with",
)
"""Modules that take a few seconds in tier 0 and together use most of the language."""

VERSION = "{}.{}".format(*sys.version_info)

needs_test_package = pytest.mark.skipif(
    importlib.util.find_spec("test.test_grammar") is None,
    reason="this host comes without the `test` package",
)


@needs_test_package
@pytest.mark.parametrize("name", SAMPLE)
def test_tier0_passes_what_the_host_passes(name: str) -> None:
    comparison = compare_module(sys.executable, ["interp"], name, timeout=300)["interp"]
    assert not comparison.problem
    assert comparison.passed_by_host > 0
    lines = read_expected()
    unexpected = {
        method: comparison.details[method]
        for method in comparison.differing
        if reason_for(lines, "interp", VERSION, method) is None
    }
    assert not unexpected


@needs_test_package
@pytest.mark.parametrize("name", ["test_binop", "test_scope"])
def test_native_code_passes_what_the_host_passes(name: str) -> None:
    pytest.importorskip("tauraro_jit", reason="the native tier is not installed here")
    tiers = compare_module(sys.executable, ["threshold"], name, timeout=300)
    assert not tiers["threshold"].problem
    assert not tiers["threshold"].details
    assert tiers["threshold"].passed_by_both > 0


@needs_test_package
def test_the_command_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--tier=default", "test_unpack"]) == 0
    printed = capsys.readouterr().out
    assert "test_unpack " in printed
    assert "0 lines to add to or to remove from the expected differences" in printed


def test_methods_that_only_the_host_passes_are_named() -> None:
    host = {
        "outcomes": {"test.m.T.a": "passed", "test.m.T.b": "passed", "test.m.T.c": "failed"},
        "seconds": 1.0,
    }
    ours = {
        "outcomes": {"test.m.T.a": "passed", "test.m.T.c": "passed"},
        "details": {},
        "problem": "killed",
        "seconds": 2.0,
    }
    expected = ModuleComparison(
        "m", 2, 1, 1.0, 2.0, "killed", {"m.T.b": "missing"}, {"m.T.b": "killed"}
    )
    assert compare("m", host, ours) == expected
    assert expected.rate == 0.5


def test_each_expected_difference_has_a_reason() -> None:
    lines = read_expected(EXPECTED)
    assert all(line.reason for line in lines)
    assert all(set(line.tiers) <= {"*", *TIERS} for line in lines)
    assert {line.method.split(".")[0] for line in lines} <= set(MODULES)


def test_a_module_that_the_host_has_run_does_not_count() -> None:
    result = {"outcomes": {"test.m.T.a": "passed"}, "details": {}, "problem": "", "seconds": 1.0}
    comparison = compare("m", result, {**result, "tier": "cpython"}, "threshold")
    assert comparison.differing == {"m.T.a": "missing"}
    assert compare("m", result, {**result, "tier": "host"}, "threshold").differing == {}


def test_lines_that_nothing_needs_are_found() -> None:
    lines = [
        Expected(("interp",), ("*",), "m.T.fails", "why"),
        Expected(("interp",), ("*",), "m.T.pass*", "why"),
        Expected(("threshold",), ("*",), "m.T.passes", "why"),
        Expected(("interp",), ("*",), "m.T.passes", "why", may_pass=True),
        Expected(("interp",), ("*",), "other.T.passes", "why"),
    ]
    comparison = ModuleComparison("m", 2, 1, differing={"m.T.fails": "failed"})
    assert listed_in_vain(lines, "interp", "3.12", [comparison]) == [lines[1]]


def test_expected_differences_are_found_by_tier_version_and_name() -> None:
    lines = [Expected(("interp",), ("3.12", "3.13"), "test_x.T.*", "why")]
    assert reason_for(lines, "interp", "3.12", "test_x.T.method") == "why"
    assert reason_for(lines, "host", "3.12", "test_x.T.method") is None
    assert reason_for(lines, "interp", "3.11", "test_x.T.method") is None
    assert reason_for(lines, "interp", "3.12", "test_x.U.method") is None
