"""A program's modules and the compiler's do not meet, whatever their names are."""

from __future__ import annotations

from pathlib import Path

import pytest

from .child import run, run_hooked, write
from .test_importer import last_lines

NAMES = ("ast", "token", "enum", "typing", "dataclasses", "warnings", "re", "contextlib")


@pytest.mark.parametrize("name", NAMES)
def test_module_with_the_name_of_one_that_the_compiler_uses(name: str, tmp_path: Path) -> None:
    """The program's own module is imported before and after the compiler, as CPython would."""
    write(
        tmp_path,
        {
            f"{name}.py": f"print('own {name}')\nvalue = 5\n",
            "first.py": f"import {name}\nprint({name}.value)\n",
            "second.py": f"import first\nfrom {name} import value\nprint(value)\n",
        },
    )
    for text in (f"import second, {name}; print({name}.value)", f"import {name}, second"):
        expected = run(tmp_path, text)
        assert expected.count(f"own {name}") == 1
        lines, modules, fallbacks = last_lines(run_hooked(tmp_path, text))
        assert lines == expected.splitlines()
        assert {module for module, _, _ in modules} == {name, "first", "second"}  # type: ignore[attr-defined]
        assert fallbacks == []


def test_package_beside_modules_of_the_compiler(tmp_path: Path) -> None:
    """A standard module that nobody hides stays what the program and the compiler share."""
    write(tmp_path, {"module.py": "import struct, typing\n"})
    text = (
        "import module, sys, struct; from tauraro_frontend.bytecode import container\n"
        "print(container.struct is struct, sys.modules['struct'] is struct)"
    )
    assert last_lines(run_hooked(tmp_path, text))[0] == ["True True"]


def test_meta_path_is_restored(tmp_path: Path) -> None:
    write(tmp_path, {"module.py": "import nothing_such\n"})
    text = (
        "import sys; before = list(sys.meta_path)\n"
        "try: import module\n"
        "except ImportError: print(before == sys.meta_path)"
    )
    assert last_lines(run_hooked(tmp_path, text))[0] == ["True"]
