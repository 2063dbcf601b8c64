"""Samples -> summaries, JSON and the report."""

import json
from pathlib import Path

import pytest
from benchrunner.environment import Environment, processor_name
from benchrunner.pairing import Comparison, Sample
from benchrunner.ratios import Direction
from benchrunner.report import tables_of
from benchrunner.results import EVERY_GROUP, Contest, Results, write_json
from benchrunner.tables import plain

ENVIRONMENT = Environment("System 1", "Processor", 2, 0.5, "2000-01-01T00:00:00+00:00")


def samples(*seconds: float) -> list[Sample]:
    return [Sample(second, second) for second in seconds]


@pytest.fixture
def results() -> Results:
    results = Results(
        ENVIRONMENT, ["base: 1.0", "new: 2.0"], ["base", "new"], Direction.SPEEDUP, {"rounds": 2}
    )
    results.contests += [
        Contest(
            "general",
            "words",
            "small",
            Comparison({"base": samples(1.0, 1.0), "new": samples(1.0, 2.0)}),
        ),
        Contest(
            "numeric",
            "sums",
            "small",
            Comparison({"base": samples(12.0, 10.0), "new": samples(1.0, 1.25)}),
        ),
        Contest(
            "numeric", "hangs", "small", Comparison({"base": samples(1.0, 1.0)}, {"new": "no end"})
        ),
        Contest(
            "numeric", "sums", "large", Comparison({"base": samples(90.0), "new": samples(0.3)})
        ),
    ]
    return results


def test_a_summary_leaves_out_what_did_not_run(results: Results) -> None:
    summary = results.summary("small", "numeric", "new")
    assert summary is not None
    assert summary.programs == 1
    assert summary.geomean == pytest.approx(10.0)
    over_all = results.summary("small", EVERY_GROUP, "new")
    assert over_all is not None
    assert over_all.programs == 2
    assert over_all.worst_program == "general/words"
    assert results.summary("small", "absent", "new") is None


def test_one_failure_makes_a_run_incomplete(results: Results) -> None:
    assert not results.complete
    results.contests.pop(2)
    assert results.complete


def test_report(results: Results) -> None:
    small, large = tables_of(results)
    assert plain(small) == (
        "CPU time of the whole process, size small\n"
        "\n"
        "program           base s  new s  speedup      low..high\n"
        "----------------  ------  -----  -------  -------------\n"
        "general/words       1.00   1.50    0.75x     0.50..1.00\n"
        "----------------  ------  -----  -------  -------------\n"
        "general: geomean                   0.75x     0.50..1.00\n"
        "general: worst                     0.75x  general/words\n"
        "\n"
        "numeric/sums       11.00   1.12   10.00x    8.00..12.00\n"
        "numeric/hangs       1.00      -        -              -\n"
        "----------------  ------  -----  -------  -------------\n"
        "numeric: geomean                  10.00x    8.00..12.00\n"
        "numeric: worst                    10.00x   numeric/sums\n"
        "all: geomean                       2.74x     2.00..3.46\n"
        "all: worst                         0.75x  general/words\n"
        "\n"
        "FAILED numeric/hangs, new: no end\n"
        "speedup: median of the rounds of time of base / time; above 1 is faster\n"
        "rounds: 2\n"
        "base: 1.0\n"
        "new: 2.0\n"
        "Processor, 2 CPUs, load 0.50; System 1; 2000-01-01T00:00:00+00:00\n"
    )
    assert large.rows[0].cells == ("numeric/sums", "90.00", "0.300", "300.00x", "300.00..300.00")


def test_json_holds_every_sample(results: Results, tmp_path: Path) -> None:
    write_json(tmp_path / "out.json", results.to_json())
    data = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert data["baseline"] == "base"
    assert data["ratio"] == "speedup"
    assert data["environment"]["processor"] == "Processor"
    words, _, hangs, _ = data["contests"]
    assert words["samples"]["new"] == [{"cpu": 1.0, "wall": 1.0}, {"cpu": 2.0, "wall": 2.0}]
    assert words["ratios"]["new"] == {"rounds": [1.0, 0.5], "median": 0.75}
    assert hangs["failures"] == {"new": "no end"}
    assert hangs["ratios"] == {}
    assert [(entry["size"], entry["group"]) for entry in data["summaries"]] == [
        ("small", "general"),
        ("small", "numeric"),
        ("small", "all"),
        ("large", "numeric"),
        ("large", "all"),
    ]


def test_a_single_interpreter_has_times_and_no_ratios() -> None:
    alone = Results(ENVIRONMENT, ["base"], ["base"], Direction.TIME, {"rounds": 1})
    alone.contests.append(Contest("g", "p", "tiny", Comparison({"base": samples(0.5)})))
    (table,) = tables_of(alone)
    assert table.headers == ("program", "base s")
    assert [row.cells for row in table.rows] == [("g/p", "0.500")]


def test_processor_name(tmp_path: Path) -> None:
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("processor\t: 0\nmodel name\t: Fast 3000\n", encoding="utf-8")
    assert processor_name(cpuinfo) == "Fast 3000"
    assert processor_name(tmp_path / "absent")
