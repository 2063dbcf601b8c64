"""Imports point one way inside each distribution; between them, only at the named boundaries."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]

ALLOWED = {
    ("tauraro_frontend", "tauraro"): (),
    ("tauraro_frontend", "tauraro_vm"): (),
    ("tauraro_frontend", "tauraro_jit"): (),
    ("tauraro_vm", "tauraro_jit"): (),
    ("tauraro_vm", "tauraro_frontend"): (
        "tauraro_frontend.bytecode",
        "tauraro_frontend.pipeline",
        "tauraro_frontend.errors",
    ),
    ("tauraro_jit", "tauraro"): (),
    ("tauraro_jit", "tauraro_vm"): ("tauraro_vm.tier",),
    ("tauraro_jit", "tauraro_frontend"): ("tauraro_frontend.bytecode",),
    ("tauraro", "tauraro_jit"): (),
}
"""Which modules of the second package, with all below them, the first may import."""


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        "tauraro", "tauraro_frontend", "tauraro_jit", "tauraro_vm", cache_dir=None
    )


def test_layers_hold() -> None:
    run = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert " 0 broken." in run.stdout


@pytest.mark.parametrize(("importer", "imported"), ALLOWED)
def test_only_the_boundary_is_imported(
    graph: grimp.ImportGraph, importer: str, imported: str
) -> None:
    allowed = ALLOWED[importer, imported]
    crossings = {
        (module, target)
        for module in {importer, *graph.find_descendants(importer)}
        for target in graph.find_modules_directly_imported_by(module)
        if target.startswith(f"{imported}.")  # the package itself holds nothing but its version
    }
    wrong = {
        (module, target)
        for module, target in crossings
        if not any(target == name or target.startswith(f"{name}.") for name in allowed)
    }
    assert wrong == set()


def test_boundary_of_the_native_tier_is_used(graph: grimp.ImportGraph) -> None:
    """The graph sees the crossings: a check on an empty graph would prove nothing."""
    targets = graph.find_modules_directly_imported_by("tauraro_jit.plugin")
    assert "tauraro_vm.tier.protocol" in targets
