"""Packages that people use, run in the VM, and compared with CPython test by test.

    cd integration-tests
    python -m real_packages.run --work FOLDER [--python python3.12] [--mode MODE ...] [NAME ...]

`FOLDER` keeps what the first run makes: a virtual environment for each interpreter, with this
repository's distributions (editable) and what packages.toml lists, and the unpacked source
distributions. It needs a package index.

packages.toml   the table: where the tests of a package are, and what they need
programs/       programs that use packages whose distributions come without tests, and servers
table.py        packages.toml -> entries
environment.py  the virtual environment, the source distributions
outcomes.py     a plugin of pytest: each test's outcome, into a JSON file
suites.py       one entry in one mode -> the outcome of each test
comparison.py   two runs -> the tests that differ
run.py          the command

Everything but Tauraro's own packages runs in the VM (`--vm-modules=*`), the standard library too
as far as it is imported by then. A difference counts if CPython passes a test and the VM does not
come to the same outcome. Tests whose outcome CPython itself does not repeat are listed, with
the reason, under `unsteady` in packages.toml.
"""
