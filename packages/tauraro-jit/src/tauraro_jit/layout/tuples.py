"""How the host hashes tuples: xxHash of the hashes of the items."""

from __future__ import annotations

from functools import cache

from .dicts import dict_problem

PRIME_1 = 11400714785074694791
PRIME_2 = 14029467366897019727
PRIME_5 = 2870177450012600261
ROTATION = 31
SIZE_MASK = PRIME_5 ^ 3527539


@cache
def tuple_problem() -> str:
    """Why native code cannot look for tuples here, or nothing; probed on the first call."""
    samples = [(), (1,), (1, 2), (-1, 0), (0, -1, "text"), (2**70, 2.5, None, True), ("a", (1, 2))]
    wrong = [sample for sample in samples if hash_of(sample) != hash(sample)]
    return dict_problem() or (f"tuples: unexpected: the hash of {wrong[0]!r}" if wrong else "")


def hash_of(items: tuple[object, ...]) -> int:
    """The hash of a tuple."""
    total = PRIME_5
    for item in items:
        total = (total + hash(item) * PRIME_2) % 2**64
        total = (total << ROTATION | total >> 64 - ROTATION) % 2**64
        total = total * PRIME_1 % 2**64
    total = (total + (len(items) ^ SIZE_MASK)) % 2**64
    signed = total - 2**64 if total >= 2**63 else total
    return 1546275796 if signed == -1 else signed
