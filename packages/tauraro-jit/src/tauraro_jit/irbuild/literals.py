"""Strings that are constants, as STR or CHAR."""

from __future__ import annotations

from ..ir.graph import Value
from ..layout.strings import string_problem
from .builder import RegionBuilder, Unsupported
from .state import Kind, Typed


def character(code: Value, known: object = None) -> Typed:
    """A string of one character."""
    return Typed(Kind.CHAR, (code,), known=known)


def is_constant_text(typed: Typed) -> bool:
    """Whether a value is a constant string that no one has needed as a value so far."""
    return typed.kind is Kind.KNOWN and type(typed.known) is str


def as_text(b: RegionBuilder, typed: Typed) -> Typed:
    """A string, which may be a constant, as STR or CHAR."""
    known = typed.known
    if typed.kind is not Kind.KNOWN or not isinstance(known, str):
        return typed
    if string_problem():
        raise Unsupported(string_problem())
    if len(known) == 1:
        return character(b.const_int(ord(known)), known)
    return Typed(Kind.STR, (text_pointer(b, typed),), known=known)


def text_pointer(b: RegionBuilder, typed: Typed) -> Value:
    """A constant string as an object, always the same; or the object of another."""
    known = typed.known
    if not isinstance(known, str):
        return typed.values[0]
    if string_problem():
        raise Unsupported(string_problem())
    return b.lasting(known)
