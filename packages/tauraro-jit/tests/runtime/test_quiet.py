"""Waiting until no thread is in native code, and the time that passes meanwhile."""

from __future__ import annotations

import ctypes
import itertools
import threading

import pytest

from tauraro_jit.runtime import quiet


def test_time_in_a_region_is_counted_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    # There may have been as many regions as there are numbers: the last one is for all others.
    monkeypatch.setattr(quiet, "_numbers", itertools.count(quiet.NUMBERED - 3))
    number, other = quiet.new_number(), quiet.new_number()
    own, others = quiet.seconds_in(number), quiet.seconds_in(other)
    words = (ctypes.c_int64 * 2).from_address(quiet.inside_address())
    before = quiet.seconds_in_all()
    stopping = bytearray(1)
    words[1] = number
    words[0] += 1
    try:
        waiting = threading.Thread(target=quiet.wait_quietly, args=(0.001, stopping))
        waiting.start()
        while quiet.seconds_in(number) == own:
            assert waiting.is_alive()
    finally:
        words[0] -= 1
    waiting.join()
    spent = quiet.seconds_in(number) - own
    assert spent > 0.0
    assert quiet.seconds_in(other) == others
    assert quiet.seconds_in_all() - before >= spent * 0.999


def test_outside_of_regions_nothing_is_counted() -> None:
    before = quiet.seconds_in_all()
    quiet.wait_quietly(0.001, bytearray(1))
    assert quiet.seconds_in_all() == before


def test_waiting_ends_when_it_is_told_to() -> None:
    words = (ctypes.c_int64 * 2).from_address(quiet.inside_address())
    words[0] += 1
    try:
        quiet.wait_quietly(3600.0, bytearray(b"\1"))
    finally:
        words[0] -= 1


def test_numbers_are_few() -> None:
    numbers = [quiet.new_number() for _ in range(quiet.NUMBERED + 3)]
    assert numbers[-1] == numbers[-2] == quiet.NUMBERED - 1
