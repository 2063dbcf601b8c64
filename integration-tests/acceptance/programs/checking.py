"""Counts the cases of a program: one line for each, a total, and the exit status."""

import sys

results = []


def check(name, found, expected):
    """One case: the same value of the same type."""
    passed = type(found) is type(expected) and found == expected
    results.append(passed)
    text = "PASS" if passed else f"FAIL: {found!r} instead of {expected!r}"
    print(f"{name}: {text}")


def finish():
    """End the program: with status 0 if all cases have passed."""
    print(f"total: {sum(results)} of {len(results)} passed")
    sys.exit(not all(results))
