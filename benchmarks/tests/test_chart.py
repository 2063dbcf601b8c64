"""What `chart.py` draws, and what it says when it cannot."""

import json
from pathlib import Path
from typing import Any

import chart
import pytest
from benchrunner.results import SCHEMA

RESULTS: dict[str, Any] = {
    "schema": SCHEMA,
    "interpreters": ["old: Python 3.11.2; /bin/old", "new: Tauraro 0.1.0, llvm; /bin/new"],
    "baseline": "old",
    "ratio": "speedup",
    "options": {"rounds": 3, "caches": "cold"},
    "contests": [
        {"program": "sums", "size": "small", "ratios": {"new": {"median": 2.0}}},
        {"program": "words", "size": "small", "ratios": {"new": {"median": 8.0}}},
        {"program": "sums", "size": "large", "ratios": {"new": {"median": 3.0}}},
    ],
    "summaries": [
        {"size": "small", "group": "numeric", "contender": "new", "geomean": 4.5},
        {"size": "small", "group": "all", "contender": "new", "geomean": 4.0},
        {"size": "large", "group": "all", "contender": "new", "geomean": 3.0},
    ],
}


def test_bars_are_the_medians_of_one_size_and_their_mean() -> None:
    assert chart.bars_of(RESULTS, None) == {
        "new": {"sums": 2.0, "words": 8.0, "geometric mean": 4.0}
    }
    assert chart.bars_of(RESULTS, "large") == {"new": {"sums": 3.0, "geometric mean": 3.0}}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "Expecting value"),
        ("{}", "no results of run.py"),
        (json.dumps({**RESULTS, "ratio": "time"}), "--ratio speedup"),
        (json.dumps({**RESULTS, "contests": []}), "no results of run.py"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    content: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "results.json"
    path.write_text(content, "utf-8")
    assert chart.main([str(path), str(tmp_path / "chart.svg")]) == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "chart.svg").exists()


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert chart.main([str(tmp_path / "none.json"), str(tmp_path / "chart.svg")]) == 2
    assert "none.json" in capsys.readouterr().err


def test_a_chart_is_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="drawing needs matplotlib")
    path = tmp_path / "results.json"
    path.write_text(json.dumps(RESULTS), "utf-8")
    assert chart.main([str(path), str(tmp_path / "chart.svg")]) == 0
    drawn = (tmp_path / "chart.svg").read_text("utf-8")
    assert drawn.lstrip().startswith("<?xml")
    assert "</svg>" in drawn


def test_the_note_tells_how_it_was_measured() -> None:
    assert chart.note_of(RESULTS).splitlines() == [
        "median of 3 rounds, caches cold",
        "old: Python 3.11.2",
        "new: Tauraro 0.1.0, llvm",
    ]
