"""Which tests run: those marked `sampled` are spread over the versions of the host."""

from __future__ import annotations

import sys
import zlib

import pytest

VERSIONS = 3


def pytest_addoption(parser: pytest.Parser) -> None:
    """An option to have all of them."""
    parser.addoption(
        "--everything",
        action="store_true",
        help="all sampled tests, not only this version's third of them",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the other versions run. The choice depends on a test's name alone."""
    if config.getoption("--everything"):
        return
    mine = sys.version_info[1] % VERSIONS
    left_out = [
        item
        for item in items
        if item.get_closest_marker("sampled") is not None
        and zlib.crc32(item.nodeid.encode()) % VERSIONS != mine
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in set(left_out)]
