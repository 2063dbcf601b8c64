"""Modules that run in the virtual machine, however they are imported, and those that do not."""

from __future__ import annotations

import importlib.util
import marshal
import os
import sys
import zipfile
from pathlib import Path

import pytest

from .child import HOOK, ORIGINS, run, run_hooked, write

MODULE = "def f(x):\n    return [x * i for i in range(3)]\n\n\nclass A:\n    pass\n"


def last_lines(
    output: str,
) -> tuple[list[str], list[tuple[str, str, str]], list[tuple[str, str]]]:
    """What the program printed, the modules that were loaded, the fallbacks."""
    *lines, modules, fallbacks = output.splitlines()
    return lines, eval(modules), eval(fallbacks)


def test_module_and_package(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "module.py": MODULE,
            "package/__init__.py": "from . import part\n",
            "package/part.py": "from module import f\n",
            "spaces/inner/deep.py": "value = 7\n",
        },
    )
    text = "import package.part, spaces.inner.deep as d; print(package.part.f(2), d.value)"
    names = ["package", "package.part", "module", "spaces.inner.deep"]
    for origin in ("source", "cache"):
        lines, modules, fallbacks = last_lines(run_hooked(tmp_path, text))
        assert lines == ["[0, 2, 4] 7"]
        assert modules == [(name, "host", origin) for name in names]
        assert fallbacks == []


def test_modules_look_as_the_host_made_them(tmp_path: Path) -> None:
    write(tmp_path, {"package/__init__.py": MODULE, "package/part.py": MODULE})
    text = (
        "import inspect, pickle, package.part as m, importlib.util, pkgutil, importlib.resources\n"
        "print(m.__file__, m.__cached__, m.__spec__.origin, m.__spec__.has_location)\n"
        "print(type(m.__loader__), m.__spec__.loader is m.__loader__)\n"
        "print(inspect.getsource(m.f), inspect.getfile(m.A), inspect.getsourcelines(m.A))\n"
        "print(pickle.loads(pickle.dumps(m.__loader__)) == m.__loader__)\n"
        "print(pickle.loads(pickle.dumps(m.A())).__class__ is m.A)\n"
        "print([x.name for x in pkgutil.iter_modules(m.__spec__.parent and ['package'])])\n"
        "print(importlib.resources.files('package').joinpath('part.py').read_text())\n"
        "print(m.__loader__.get_source('package.part') == inspect.getsource(m))\n"
        "print(m.__loader__.is_package('package.part'), m.f.__code__.co_filename, m.f.__module__)\n"
        "import sys; print([getattr(f, '__name__', '') for f in sys.meta_path], sorted(vars(m)))\n"
    )
    expected = run(tmp_path, text)
    lines, modules, _ = last_lines(run_hooked(tmp_path, text))
    assert lines == expected.splitlines()
    assert len(modules) == 2


def test_standard_library_and_installed_packages_are_left(tmp_path: Path) -> None:
    site = tmp_path / "lib" / "site-packages"
    write(
        site,
        {"installed.py": MODULE, "other/__init__.py": "from . import part\n", "other/part.py": ""},
    )
    text = f"import sys; sys.path.append({str(site)!r}); import installed, other, this, json.tool"
    *_, modules, fallbacks = run_hooked(tmp_path, text).splitlines()
    assert (modules, fallbacks) == ("[]", "[]")
    hook = "import tauraro; tauraro.install(['other.*', 'json']); "
    *_, modules, fallbacks = run(
        tmp_path, hook + text + "\n" + ORIGINS, PYTHONPYCACHEPREFIX=str(tmp_path / "prefix")
    ).splitlines()
    assert [name for name, _, _ in eval(modules)] == [
        "other.part",
        "json",
        "json.decoder",
        "json.scanner",
        "json.encoder",
        "json.tool",
    ]
    assert fallbacks == "[]"


def test_everything_can_be_taken(tmp_path: Path) -> None:
    hook = "import tauraro; tauraro.install('*'); "
    text = "import ast, dataclasses, email.message, argparse, unittest\n"
    check = "print({f for f in statistics.fallbacks}, len(statistics.loaded) > 20)"
    prefix = str(tmp_path / "prefix")
    output = run(tmp_path, hook + text + "\n" + ORIGINS + check, PYTHONPYCACHEPREFIX=prefix)
    *_, fallbacks, last = output.splitlines()
    assert fallbacks == "[]"
    assert last == "set() True"


def test_project_file_adds_packages(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.tauraro]\nvm-modules = ['colorsys']\n"})
    prefix = str(tmp_path / "prefix")
    output = run_hooked(tmp_path, "import colorsys, keyword", PYTHONPYCACHEPREFIX=prefix)
    _, modules, _ = last_lines(output)
    assert modules == [("colorsys", "host", "source")]


def test_editable_installs(tmp_path: Path) -> None:
    """Other finders, and specs made from a path, lead to the same place."""
    write(tmp_path / "elsewhere", {"editable.py": MODULE, "plugin.py": MODULE})
    text = (
        "import sys, importlib.util\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'editable':\n"
        "            return importlib.util.spec_from_file_location(name, 'elsewhere/editable.py')\n"
        "sys.meta_path.append(Finder())\n"
        "import editable\n"
        "spec = importlib.util.spec_from_file_location('plugin', 'elsewhere/plugin.py')\n"
        "plugin = importlib.util.module_from_spec(spec); spec.loader.exec_module(plugin)\n"
        "from importlib.machinery import SourceFileLoader\n"
        "old = SourceFileLoader('old', 'elsewhere/plugin.py').get_code('old')\n"
        "print(editable.f(1), plugin.f(1))\n"
    )
    _, modules, _ = last_lines(run_hooked(tmp_path, text))
    assert [name for name, _, _ in modules] == ["editable", "plugin", "old"]


def test_loaders_that_change_the_code_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {"module.py": "value = 'original'\n"})
    text = (
        "import importlib.util\n"
        "from importlib.machinery import SourceFileLoader\n"
        "class Shouting(SourceFileLoader):\n"
        "    def source_to_code(self, data, path, *, _optimize=-1):\n"
        "        return compile(data.upper(), path, 'exec')\n"
        "class Quiet(SourceFileLoader):\n"
        "    pass\n"
        "for loader in Quiet, Shouting:\n"
        "    spec = importlib.util.spec_from_loader('m', loader('m', 'module.py'))\n"
        "    m = importlib.util.module_from_spec(spec); spec.loader.exec_module(m)\n"
        "    print(sorted(n for n in vars(m) if n[0] != '_'))\n"
    )
    lines, modules, _ = last_lines(run_hooked(tmp_path, text, flags=("-B",)))
    assert lines == ["['value']", "['VALUE']"]
    assert len(modules) == 1


def test_reload(tmp_path: Path) -> None:
    write(tmp_path, {"module.py": "value = 1\n"})
    text = (
        "import importlib, module, pathlib; print(module.value)\n"
        "pathlib.Path('module.py').write_text('value = 22\\n')\n"
        "print(importlib.reload(module).value)\n"
    )
    text += "from tauraro_vm.trace import statistics; print(statistics.replaced)\n"
    lines, modules, _ = last_lines(run_hooked(tmp_path, text))
    assert lines == ["1", "22", "1"]
    assert modules == [("module", "host", "source")], "the code before is let go"


def test_runpy(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "module.py": "print(__name__, __file__[-9:])\n",
            "folder/__main__.py": "print(__name__)\n",
        },
    )
    text = (
        "import runpy; runpy.run_module('module', run_name='x'); runpy.run_path('folder')\n"
        "runpy.run_module('module', alter_sys=True)"
    )
    lines, modules, _ = last_lines(run_hooked(tmp_path, text))
    assert lines == ["x module.py", "<run_path>", "module module.py"]
    assert [name for name, _, _ in modules] == ["__main__", "module"]


def test_zip_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "lib.zip", "w") as archive:
        archive.writestr("zipped.py", MODULE)
        archive.writestr("pack/__init__.py", "from . import part\n")
        archive.writestr("pack/part.py", "def g():\n    raise ValueError(__file__[-16:])\n")
    text = (
        "import sys; sys.path.insert(0, 'lib.zip'); import zipped, pack, inspect, traceback\n"
        "print(zipped.f(2), zipped.__file__, inspect.getsource(zipped.A), zipped.__loader__)\n"
        "try: pack.part.g()\n"
        "except ValueError: traceback.print_exc(file=sys.stdout)\n"
    )
    expected = run(tmp_path, text)
    for origin in ("source", "cache"):
        lines, modules, _ = last_lines(run_hooked(tmp_path, text))
        assert lines == expected.splitlines()
        assert modules == [(name, "host", origin) for name in ("zipped", "pack", "pack.part")]


def test_bytecode_in_zip_files(tmp_path: Path) -> None:
    """One that is not compared with its source counts, as CPython has it; others do not."""
    blob = marshal.dumps(compile("value = 'compiled'", "module.py", "exec"))
    modules = {"unchecked": (1, 1), "checked": (3, 1), "damaged": (1, 0), "unknown": (5, 1)}
    with zipfile.ZipFile(tmp_path / "lib.zip", "w") as archive:
        for name, (flags, is_whole) in modules.items():
            archive.writestr(f"{name}.py", "value = 'source'")
            magic = importlib.util.MAGIC_NUMBER if is_whole else b"none"
            content = magic + flags.to_bytes(4, "little") + bytes(8) + blob
            archive.writestr(f"{name}.pyc", content)
    text = "import sys; sys.path.insert(0, 'lib.zip'); import importlib\n"
    text += f"for name in {[*modules]}:\n"
    text += "    try: print(name, importlib.import_module(name).value)\n"
    text += "    except ImportError as error: print(error)\n"
    for mode in ("default", "always", "never"):
        flags = ("--check-hash-based-pycs", mode)
        expected = run(tmp_path, text, flags=flags)
        lines, *_ = last_lines(run_hooked(tmp_path, text, flags=flags))
        assert lines == expected.splitlines()


@pytest.mark.parametrize("setter", ["settrace", "setprofile"])
def test_tools_see_only_the_program(setter: str, tmp_path: Path) -> None:
    """What the import hook does is no part of the program."""
    write(tmp_path, {"module.py": MODULE})
    text = (
        "import sys; seen = set()\n"
        "def see(frame, event, argument):\n"
        "    seen.add((frame.f_globals.get('__name__'), frame.f_code.co_name))\n"
        "    return see\n"
        f"sys.{setter}(see)\n"
        "import module; module.f(3)\n"
        f"assert sys.get{setter[3:]}() is see\n"
        f"sys.{setter}(None)\n"
        "print(('module', 'f') in seen, {b for a, b in seen if 'tauraro' in str(a)} == NAMES)\n"
    )
    # On 3.11 a profile function sees what a hidden function calls, and its end.
    is_seen = setter == "setprofile" and sys.version_info < (3, 12)
    names = {"get_code", "_is_of_python"} if is_seen else set()
    for _ in ("source", "cache"):
        lines, *_ = last_lines(run_hooked(tmp_path, text.replace("NAMES", repr(names))))
        assert lines == ["True True"]


def test_a_profiler_in_c_goes_on(tmp_path: Path) -> None:
    """One that is no function of Python cannot be set again: it is left alone."""
    write(tmp_path, {"module.py": MODULE})
    text = (
        "import cProfile, io, pstats; profiler = cProfile.Profile(); profiler.enable()\n"
        "import module; module.f(3); module.f(4)\n"
        "profiler.disable(); stream = io.StringIO()\n"
        "stats = pstats.Stats(profiler, stream=stream)\n"
        "print([value[0] for key, value in stats.stats.items() if key[2] == 'f'])\n"
    )
    assert run(tmp_path, text) == "[2]\n"
    for _ in ("source", "cache"):
        lines, *_rest = last_lines(run_hooked(tmp_path, text))
        assert lines == ["[2]"]


def test_stale_and_damaged_blobs(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    write(tmp_path, {"module.py": "value = 1\n"})
    text = "import module; print(module.value)"
    run_hooked(tmp_path, text)
    (blob,) = (tmp_path / "__pycache__").glob("*.tauraro")
    good = blob.read_bytes()

    def reload() -> tuple[list[str], object]:
        lines, modules, fallbacks = last_lines(run_hooked(tmp_path, text))
        assert fallbacks == []
        return lines, modules

    assert reload() == (["1"], [("module", "host", "cache")])
    for bad in (b"", good[:30], good[:-1], good[:100] + b"\0" + good[101:], b"x" * len(good)):
        blob.write_bytes(bad)
        assert reload() == (["1"], [("module", "host", "source")])
        assert blob.read_bytes() == good
    before = source.stat()
    source.write_text("value = 2\n")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert reload() == (["2"], [("module", "host", "source")])
    blob.unlink()
    blob.mkdir()
    assert reload() == (["2"], [("module", "host", "source")])


def test_unwritable_cache(tmp_path: Path) -> None:
    write(tmp_path, {"module.py": "value = 1\n", "__pycache__": "a file\n"})
    lines, modules, _ = last_lines(run_hooked(tmp_path, "import module; print(module.value)"))
    assert (lines, modules) == (["1"], [("module", "host", "source")])


def test_no_cache_wanted(tmp_path: Path) -> None:
    write(tmp_path, {"module.py": MODULE})
    run_hooked(tmp_path, "import module", PYTHONDONTWRITEBYTECODE="1")
    assert not (tmp_path / "__pycache__").exists()
    run_hooked(tmp_path, "import module", PYTHONPYCACHEPREFIX=str(tmp_path / "prefix"))
    assert not (tmp_path / "__pycache__").exists()
    assert len(list((tmp_path / "prefix").rglob("module.*.tauraro"))) == 1


def test_optimized_code_has_a_blob_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, {"module.py": '"""doc"""\nassert not __debug__, "debug"\n'})
    text = (
        "import sys\n"
        "try:\n    import module; print(module.__doc__)\n"
        "except AssertionError as e: print(e)"
    )
    outputs = [
        last_lines(run(tmp_path, HOOK + text + "\n" + ORIGINS, flags=flags))[0]
        for _ in range(2)
        for flags in ((), ("-O",), ("-OO",))
    ]
    assert outputs == [["debug"], ["doc"], ["None"]] * 2
    assert len(list((tmp_path / "__pycache__").glob("*.tauraro"))) == 3


def test_no_part_of_the_compiler_in_a_warm_run(tmp_path: Path) -> None:
    write(tmp_path, {"module.py": MODULE, "package/__init__.py": "import module\n"})
    text = (
        "import package, sys\n"
        "heavy = {'ast', 'importlib.metadata', 'warnings', 're', 'typing', 'enum',\n"
        "         'pathlib', 'tauraro_frontend.pipeline', 'tauraro_vm.host', 'tomllib',\n"
        "         'tauraro_frontend.bytecode', 'collections', 'functools', 'inspect'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    bare = run(tmp_path, "import sys\n" + text.partition("\n")[2])
    assert last_lines(run_hooked(tmp_path, text))[0] != bare.splitlines()
    assert last_lines(run_hooked(tmp_path, text))[0] == bare.splitlines()


FAILING = {
    "bad_syntax.py": "def f(:\n    pass\n",
    "bad_indent.py": "if 1:\nx\n",
    "bad_compile.py": "x = 1\nreturn x\n",
    "bad_bytes.py": "x = 1\n",
    "raises.py": "import raises_too\n",
    "raises_too.py": "def f():\n    raise LookupError('x')\nf()\n",
    "missing.py": "import no_such_module\n",
    "circular.py": "from circular import nothing\n",
    "exits.py": "raise SystemExit(3)\n",
}


@pytest.mark.parametrize("name", sorted(FAILING))
def test_failing_imports_look_as_ever(name: str, tmp_path: Path) -> None:
    write(tmp_path, FAILING)
    (tmp_path / "bad_bytes.py").write_bytes(b"x = '\xff'\n")
    text = (
        "import sys, traceback\n"
        "for _ in range(2):\n"
        f"    try: import {name.removesuffix('.py')}\n"
        "    except BaseException as e: print(traceback.format_exc(), e.__context__)\n"
    )
    expected = run(tmp_path, text)
    lines, _, fallbacks = last_lines(run_hooked(tmp_path, text))
    assert lines == expected.splitlines()
    assert fallbacks == []


def test_host_compiles_what_cannot_be_translated(tmp_path: Path) -> None:
    """Nesting that the host takes from source but not from a tree, or an error of our own."""
    write(tmp_path, {"module.py": MODULE})
    text = (
        "import tauraro_frontend.pipeline as p\n"
        "def fail(*arguments): raise RecursionError('too  deep')\n"
        "p.compile_source = fail\n"
        "import module; print(module.f(1))"
    )
    lines, modules, fallbacks = last_lines(run_hooked(tmp_path, text))
    assert lines == ["[0, 1, 2]"]
    assert modules == []
    assert fallbacks == [("module", "RecursionError: too deep")]


def test_threads_import_at_the_same_time(tmp_path: Path) -> None:
    write(tmp_path, {f"module{i}.py": MODULE + f"import module{i + 1}\n" for i in range(8)})
    write(tmp_path, {"module8.py": "value = 8\n"})
    text = (
        "import threading, importlib\n"
        "def load(i): importlib.import_module(f'module{i % 9}')\n"
        "threads = [threading.Thread(target=load, args=(i,)) for i in range(18)]\n"
        "[t.start() for t in threads]; [t.join() for t in threads]\n"
    )
    _, modules, fallbacks = last_lines(run_hooked(tmp_path, text))
    assert sorted(name for name, _, _ in modules) == [f"module{i}" for i in range(9)]
    assert fallbacks == []


def test_enabled_by_the_environment(tmp_path: Path) -> None:
    write(tmp_path, {"module.py": MODULE})
    text = (
        "import module, tauraro, subprocess, sys\n"
        "print(tauraro.tier_of(module.f))\n"
        "if len(sys.argv) == 1: subprocess.run([*sys.orig_argv, 'child'], check=True)\n"
    )
    assert run(tmp_path, text, flags=("-u",), TAURARO_ENABLE="1") == "host\nhost\n"
    assert run(tmp_path, text, flags=("-u",)) == "None\nNone\n"


def test_spawned_processes(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "work.py": "import tauraro\ndef f(x):\n    return x * x, tauraro.tier_of(f)\n",
            "main.py": (
                "import multiprocessing as mp, work\n"
                "if __name__ == '__main__':\n"
                "    with mp.get_context('spawn').Pool(1) as pool:\n"
                "        print(pool.map(work.f, [2, 3]))\n"
            ),
        },
    )
    text = (
        "import runpy, sys; sys.argv = ['main.py']; runpy.run_path('main.py', run_name='__main__')"
    )
    output = run(tmp_path, text, TAURARO_ENABLE="1", PYTHONPATH=str(tmp_path))
    assert output == "[(4, 'host'), (9, 'host')]\n"


def test_installing_again_replaces_the_settings(tmp_path: Path) -> None:
    text = (
        "import sys, tauraro\n"
        "hooks, path = list(sys.path_hooks), list(sys.meta_path)\n"
        "tauraro.install(['colorsys'])\n"
        "print(hooks == sys.path_hooks, path == sys.meta_path); import colorsys\n"
        "try: tauraro.install(['a-b'])\n"
        "except ValueError as error: print(error)\n"
    )
    prefix = str(tmp_path / "prefix")
    lines, modules, _ = last_lines(run_hooked(tmp_path, text, PYTHONPYCACHEPREFIX=prefix))
    assert lines == ["True True", "'a-b' is no pattern of module names"]
    assert [name for name, _, _ in modules] == ["colorsys"]


def test_interpreted_tier(tmp_path: Path) -> None:
    write(tmp_path, {"module.py": MODULE})
    hook = (
        "from tauraro_vm.load.code import Settings\n"
        "from tauraro_vm.load.importer import install_importer\n"
        "from tauraro_vm.load.policy import Policy\n"
        "install_importer(Settings(Policy(), 'interp'))\n"
    )
    text = hook + "import module; print(module.f(2), module.A.__name__)\n" + ORIGINS
    for origin in ("source", "cache"):
        lines, modules, _ = last_lines(run(tmp_path, text))
        assert lines == ["[0, 2, 4] A"]
        assert modules == [("module", "interp", origin)]
    (blob,) = (tmp_path / "__pycache__").glob("*.tauraro")
    blob.write_bytes(blob.read_bytes()[:-1] + b"\xff")  # the bytecode is damaged, not the code
    lines, modules, _ = last_lines(run(tmp_path, text))
    assert (lines, modules) == (["[0, 2, 4] A"], [("module", "interp", "source")])
