"""`.tbc` files as modules without source."""

from __future__ import annotations

from pathlib import Path

import pytest

from tauraro_frontend.pipeline import compile_source
from tauraro_vm.load.code import Settings
from tauraro_vm.load.policy import Policy
from tauraro_vm.load.tbc import TbcLoader, load_tbc

from .child import run_hooked, write
from .test_importer import last_lines


def write_tbc(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(compile_source(text, f"/gone/{path.stem}.py"))


def test_modules_and_packages_without_source(tmp_path: Path) -> None:
    write_tbc(tmp_path / "module.tbc", "def f():\n    return __name__\n")
    write_tbc(tmp_path / "package" / "__init__.tbc", "from .part import g\n")
    write_tbc(
        tmp_path / "package" / "part.tbc", "from module import f\n\ndef g():\n    return f()\n"
    )
    text = (
        "import package, module, pickle, inspect\n"
        "print(package.g(), module.__file__[-10:], module.f.__code__.co_filename)\n"
        "print(module.__spec__.cached, module.__loader__.get_source('module'))\n"
        "loader = module.__loader__\n"
        "print(pickle.loads(pickle.dumps(loader)) == loader)\n"
    )
    lines, modules, _ = last_lines(run_hooked(tmp_path, text))
    assert lines == ["module module.tbc /gone/module.py", "None None", "True"]
    assert modules == [(name, "host", "tbc") for name in ("package", "package.part", "module")]


def test_source_comes_first(tmp_path: Path) -> None:
    write(tmp_path, {"module.py": "value = 'source'\n"})
    write_tbc(tmp_path / "module.tbc", "value = 'bytecode'\n")
    lines, _, _ = last_lines(run_hooked(tmp_path, "import module; print(module.value)"))
    assert lines == ["source"]


def test_damaged_file(tmp_path: Path) -> None:
    write_tbc(tmp_path / "module.tbc", "value = 1\n")
    data = bytearray((tmp_path / "module.tbc").read_bytes())
    data[-3] ^= 1
    (tmp_path / "module.tbc").write_bytes(data)
    text = "try: import module\nexcept ImportError as error: print(error, error.name, error.path)"
    lines, _, _ = last_lines(run_hooked(tmp_path, "import sys\n" + text))
    assert lines[0].startswith(str(tmp_path / "module.tbc"))
    assert lines[0].endswith(f" module {tmp_path / 'module.tbc'}")


@pytest.mark.parametrize("tier", ["host", "interp"])
def test_each_tier(tier: str, tmp_path: Path) -> None:
    write_tbc(tmp_path / "module.tbc", "value = sum(i * i for i in range(4))\n")
    namespace: dict[str, object] = {}
    exec(load_tbc("module", str(tmp_path / "module.tbc"), Settings(Policy(), tier)), namespace)
    assert namespace["value"] == 14


def test_loader_is_one_of_the_hosts_kind(tmp_path: Path) -> None:
    loader = TbcLoader("module", str(tmp_path / "module.tbc"))
    with pytest.raises(ImportError):
        loader.get_filename("other")
