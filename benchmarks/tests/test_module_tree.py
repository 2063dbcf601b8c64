"""The generated package: its form, and that it imports."""

import subprocess
import sys
from pathlib import Path

from benchrunner.module_tree import PACKAGE, SCRIPT, build_tree, module_text


def test_a_module_is_of_ordinary_size_and_always_the_same() -> None:
    lengths = [module_text(number, 2).count("\n") for number in range(50)]
    assert min(lengths) > 130
    assert max(lengths) < 170
    assert module_text(7, 2) == module_text(7, 2)
    assert module_text(7, 2) != module_text(8, 2)


def test_the_tree_imports_and_tells_seconds_and_memory(tmp_path: Path) -> None:
    home = tmp_path / "tree"
    lines = build_tree(home, modules=5)
    sources = sorted((home / PACKAGE).glob("*.py"))
    assert len(sources) == 6
    assert lines == sum(len(path.read_text(encoding="utf-8").splitlines()) for path in sources)
    answer = subprocess.run(
        [sys.executable, home / SCRIPT], capture_output=True, text=True, check=True
    )
    seconds, memory = answer.stdout.split()
    assert float(seconds) > 0
    assert int(memory) > 0


def test_what_the_modules_hold_works(tmp_path: Path) -> None:
    build_tree(tmp_path / "tree", modules=3)
    code = (
        f"from {PACKAGE} import section_02 as m\n"
        "store = m.Store1.from_text('b,2\\na,1\\n#\\n', a=True)\n"
        "print(store.size, store.find('a'), list(store.matching('a', '2')), sorted(m.REGISTRY))\n"
        "store.report(m.sys.stdout)\n"
        "try:\n"
        "    m.parse_0('x', strict=True)\n"
        "except m.SectionError as error:\n"
        "    print(error, error.position)\n"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path / "tree", capture_output=True, text=True
    )
    assert answer.stderr == ""
    assert answer.stdout == (
        "2 1 ['b', ('a', True)] ['parse_0', 'parse_1']\na = 1\nb = 2\nline 0: no ',' 0\n"
    )
