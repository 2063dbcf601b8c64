"""The command `tauraro` and the start-up hook: installed in every way, cheap, harmless."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .environments import NAMES, Environment

Make = Callable[[Path, tuple[str, ...]], Environment]

INSTALLED = ("tauraro-frontend", "tauraro-vm")

ENABLED = "import sys; print('tauraro' in sys.modules)"


@pytest.fixture(scope="module", params=["wheels", "editable", "uv", "uv-editable"])
def installed(
    request: pytest.FixtureRequest,
    environment: Make,
    checkout: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Environment:
    """An environment in which the machine was installed in one of the supported ways."""
    python = Path(sys.executable)
    if request.param == "wheels":
        return environment(python, INSTALLED)
    made = Environment(python, tmp_path_factory.mktemp("environment"))
    packages = [checkout / "packages" / name for name in NAMES]
    editable = ["-e"] if request.param.endswith("editable") else []
    if request.param == "editable":
        made.install(*(word for package in packages for word in ("-e", package)))
        return made
    # By its path alone: the workspace of the root tells uv where the siblings are.
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    command = [uv, "pip", "install", "--quiet", *editable, f"{checkout}/packages/tauraro-vm[jit]"]
    made.succeed(command, VIRTUAL_ENV=str(made.bin.parent), UV_PYTHON_DOWNLOADS="never")
    return made


def test_command_runs_in_its_own_environment(installed: Environment) -> None:
    prefix = installed.succeed(["tauraro", "-c", "import sys; print(sys.prefix)"])
    assert prefix.strip() == str(installed.bin.parent)


def test_command_is_a_plain_script(installed: Environment) -> None:
    shebang, *body = (installed.bin / "tauraro").read_text().splitlines()
    assert shebang.startswith(f"#!{installed.bin}{os.sep}python")
    assert body == ["from tauraro_vm.cli import main", "", "main()"]


def test_hook_is_off_unless_asked_for(installed: Environment) -> None:
    for variables in ({}, {"TAURARO_ENABLE": ""}, {"TAURARO_ENABLE": "0"}):
        done = installed.run(["python", "-c", ENABLED], **variables)
        assert (done.stdout, done.stderr) == ("False\n", "")


def test_hook_installs_in_every_interpreter(installed: Environment) -> None:
    (installed.folder / "user_module.py").write_text("def f():\n    return 1\n")
    program = (
        "import subprocess, sys, tauraro, user_module\n"
        "print(tauraro.tier_of(user_module.f))\n"
        "if len(sys.argv) == 1: subprocess.run([*sys.orig_argv, 'child'])\n"
    )
    done = installed.run(["python", "-u", "-c", program], TAURARO_ENABLE="1")
    assert (done.stdout, done.stderr) == ("host\nhost\n", "")


def test_failing_hook_says_so_and_the_interpreter_starts(installed: Environment) -> None:
    broken = installed.folder / "broken"
    (broken / "tauraro").mkdir(parents=True, exist_ok=True)
    (broken / "tauraro" / "__init__.py").write_text("def install(): raise OSError('no\\nway')\n")
    (broken / "tauraro" / "startup.py").write_text(
        Path(__file__)
        .parents[2]
        .joinpath("packages/tauraro-vm/src/tauraro/startup.py")
        .read_text("utf-8")
    )
    done = installed.run(
        ["python", "-c", "print('runs')"], TAURARO_ENABLE="1", PYTHONPATH=str(broken)
    )
    assert (done.returncode, done.stdout) == (0, "runs\n")
    assert done.stderr == "tauraro: TAURARO_ENABLE=1: OSError: no way\n"


def test_hook_costs_one_look_at_the_environment(installed: Environment) -> None:
    """With the variable unset, the interpreter loads no module on account of the hook."""
    command = ["-I", "-c", "import sys; print(*sys.modules)"]
    base = set(installed.succeed([sys._base_executable, *command]).split())
    assert set(installed.succeed(["python", *command]).split()) <= base
