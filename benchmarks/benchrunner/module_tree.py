"""A package of generated modules, to measure imports: a directory in, a package and a script out.

    build_tree(home, modules=50)
    home/imported/__init__.py, section_00.py … section_49.py     about 150 lines each
    home/import_all.py           imports them all, prints the CPU seconds, then its peak memory

Each module holds what modules of applications hold: constants, tables, functions, classes,
decorators, generators, comprehensions, `try` and `with`, and it imports some of the others. The
text is the same for the same arguments.
"""

from pathlib import Path

PACKAGE = "imported"
SCRIPT = "import_all.py"

PRINT_PEAK_MEMORY = """\
for line in open("/proc/self/status"):
    if line.startswith("VmHWM:"):
        print(line.split()[1])
"""
"""Source that prints the peak memory of its own process in KiB, from what Linux tells of it."""

_HEAD = '''\
"""Section {number} of a generated application: parsing, storing and reporting of records."""

from __future__ import annotations

import sys
{imports}
VERSION = ({number}, 1, 0)
LIMIT = {number} * 100 + 7
DEFAULTS = {{
    "name": "section-{number}",
    "encoding": "utf-8",
    "limit": LIMIT,
    "nested": {{"low": -1.5, "high": {number}.25, "flags": (True, False, None)}},
}}
KEYWORDS = frozenset({{"alpha", "beta", "gamma", "delta", "section{number}"}})


class SectionError(ValueError):
    """A record of section {number} that cannot be used."""

    def __init__(self, message, position=0):
        super().__init__(message)
        self.position = position


def registered(function):
    """Keep `function` in the registry of this section."""
    REGISTRY[function.__name__] = function
    return function


REGISTRY = {{}}
'''

_BLOCK = '''

@registered
def parse_{block}(text, separator=",", *, strict=False, **options):
    """Split `text` into records of kind {block}."""
    records = []
    for number, line in enumerate(text.splitlines()):
        if not line or line.startswith("#"):
            continue
        try:
            key, value = line.split(separator, 1)
        except ValueError as error:
            if strict:
                raise SectionError(f"line {{number}}: no {{separator!r}}", number) from error
            key, value = line, ""
        records.append((key.strip(), value.strip(), options.get(key)))
    return records


class Store{block}:
    """Records of kind {block} by key."""

    kind = "{block}-{number}"

    def __init__(self, records=(), parent=None):
        self._records = {{key: (value, extra) for key, value, extra in records}}
        self._parent = parent
        self.hits = 0

    @property
    def size(self):
        """How many records there are."""
        return len(self._records)

    @classmethod
    def from_text(cls, text, **options):
        """A store of what `parse_{block}` finds."""
        return cls(parse_{block}(text, **options))

    def find(self, key, default=None):
        """The value of `key` here, else in the parent."""
        self.hits += 1
        if key in self._records:
            return self._records[key][0]
        if self._parent is not None:
            return self._parent.find(key, default)
        return default

    def matching(self, *words):
        """Keys that hold any of `words`."""
        for key, (value, extra) in self._records.items():
            if any(word in key or word in value for word in words):
                yield key if extra is None else (key, extra)

    def report(self, stream=sys.stderr):
        """Write a line per record."""
        width = max((len(key) for key in self._records), default=0)
        for key, (value, _) in sorted(self._records.items()):
            stream.write(f"{{key:<{{width}}}} = {{value[:{block} + 40]}}\\n")
        return width > {block} and self.size != LIMIT
'''

_MEASURE = """\
import time

begin = time.process_time()
{imports}
seconds = time.process_time() - begin
print(seconds)
{memory}
"""


def build_tree(home: Path, modules: int, blocks: int = 2) -> int:
    """Write the package and the script under `home`; how many lines the modules have in all."""
    package = home / PACKAGE
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('"""A generated package."""\n', encoding="utf-8")
    names = [f"section_{number:02}" for number in range(modules)]
    lines = 1
    for number, name in enumerate(names):
        text = module_text(number, blocks)
        lines += text.count("\n")
        (package / f"{name}.py").write_text(text, encoding="utf-8")
    imports = "\n".join(f"import {PACKAGE}.{name}" for name in names)
    (home / SCRIPT).write_text(
        _MEASURE.format(imports=imports, memory=PRINT_PEAK_MEMORY), encoding="utf-8"
    )
    return lines


def module_text(number: int, blocks: int) -> str:
    """The source of one module; it imports two of those before it."""
    earlier = sorted({number // 2, number // 3} - {number})
    imports = "".join(
        f"from {PACKAGE}.section_{other:02} import SectionError as Error{other}\n"
        for other in earlier
    )
    head = _HEAD.format(number=number, imports=imports)
    return head + "".join(_BLOCK.format(number=number, block=block) for block in range(blocks))
