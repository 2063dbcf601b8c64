"""Draw the results of a run: for each program and interpreter, how many times as fast it is as the
baseline.

    python benchmarks/run.py --interp cpython=python3.11 --interp tauraro=tauraro --json r.json
    python benchmarks/chart.py r.json chart.svg

The chart's form follows the file's name: .svg, .png, .pdf. Needs matplotlib. Exit code: 0 if it was
drawn, 2 if there is nothing to draw or no matplotlib.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchrunner.results import SCHEMA

COLOURS = ("#d9480f", "#868e96", "#1c7ed6", "#2b8a3e")


class NothingToDrawError(Exception):
    """The file has no results that can be drawn; the message says why."""


def bars_of(data: dict[str, Any], size: str | None) -> dict[str, dict[str, float]]:
    """Contender -> program -> median speed-up, in the order of the run; the last program of each
    is the geometric mean. Raises NothingToDrawError."""
    if data.get("schema") != SCHEMA or not data.get("contests"):
        raise NothingToDrawError("these are no results of run.py")
    if data["ratio"] != "speedup":
        raise NothingToDrawError("these ratios are times; run with --ratio speedup")
    chosen = size or data["contests"][0]["size"]
    bars: dict[str, dict[str, float]] = {}
    for contest in data["contests"]:
        if contest["size"] == chosen:
            for name, ratio in contest["ratios"].items():
                bars.setdefault(name, {})[contest["program"]] = ratio["median"]
    for summary in data["summaries"]:
        if (summary["size"], summary["group"]) == (chosen, "all"):
            bars[summary["contender"]]["geometric mean"] = summary["geomean"]
    if not bars:
        raise NothingToDrawError(f"no program ran at size {chosen}")
    return bars


def draw(bars: dict[str, dict[str, float]], baseline: str, note: str, path: Path) -> None:
    """Write the chart. Raises ImportError without matplotlib, OSError."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import StrMethodFormatter

    programs = list(dict.fromkeys(program for found in bars.values() for program in found))
    figure = Figure(figsize=(8, 1.2 + 0.3 * len(programs)), layout="constrained")
    axes = figure.subplots()
    height = 0.8 / len(bars)
    for number, (name, found) in enumerate(bars.items()):
        places = [programs.index(program) + number * height for program in found]
        drawn = axes.barh(
            places, list(found.values()), height, label=name, color=COLOURS[number % 4]
        )
        axes.bar_label(drawn, fmt="%.1f", padding=2, fontsize=7)
    axes.set_yticks([place + 0.4 - height / 2 for place in range(len(programs))], programs)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    axes.xaxis.set_minor_formatter(StrMethodFormatter("{x:g}"))
    axes.axvline(1, color="black", linewidth=0.8)
    axes.set_xlabel(f"times as fast as {baseline} (CPU time of the whole process)")
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(note, loc="left", fontsize=6)
    figure.savefig(path)


def note_of(data: dict[str, Any]) -> str:
    """How the figures were measured, and which interpreters these are, without their paths."""
    options = data["options"]
    measured = f"median of {options['rounds']} rounds, caches {options['caches']}"
    return "\n".join([measured, *(each.rpartition(";")[0] for each in data["interpreters"])])


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the options, draw, and give the exit code."""
    parser = argparse.ArgumentParser(prog="chart.py", description="Draw the results of run.py.")
    parser.add_argument("results", type=Path, help="what run.py --json has written")
    parser.add_argument("chart", type=Path, help="where to: NAME.svg, NAME.png, ...")
    parser.add_argument("--size", help="which size (default: the first one in the file)")
    options = parser.parse_args(arguments)
    try:
        data = json.loads(options.results.read_text("utf-8"))
        draw(bars_of(data, options.size), data["baseline"], note_of(data), options.chart)
    except ImportError:
        print("chart.py: drawing needs matplotlib: pip install matplotlib", file=sys.stderr)
        return 2
    except (OSError, ValueError, NothingToDrawError) as error:
        print(f"chart.py: {options.results}: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
