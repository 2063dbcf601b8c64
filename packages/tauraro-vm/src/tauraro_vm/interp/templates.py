"""Tiny host functions that do what one construct does, so that semantics and messages are the
host's.

In: the operands. Out: the result. They are compiled from text without this package's future flags.
Where the text depends on names or numbers they are made on demand and kept.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import CodeType, SimpleNamespace
from typing import Any

from .own_names import use_own_names

use_own_names(globals())

Function = Callable[..., Any]

TEXT = """
def spread(value):
    return [*value]

def merge(mapping, more):
    return {**mapping, **more}

def only(value):
    value, = value
    return value

def call_with_both(function, first, second):
    return function(**first, **second)

def is_sequence(subject):
    match subject:
        case [*_]:
            return True
    return False
"""


def compiled(text: str, name: str, flags: int = 0) -> Function:
    """The function of that name that `text` defines, compiled with these compiler flags."""
    namespace: dict[str, Any] = {"__name__": __name__}
    exec(compile(text, "<template>", "exec", flags, dont_inherit=True), namespace)
    function: Function = namespace[name]
    return function


spread = compiled(TEXT, "spread")
"""A list of the elements; the message for what is not iterable is that of a display."""

merge = compiled(TEXT, "merge")
"""A new dict of both mappings."""

only = compiled(TEXT, "only")
"""The only element."""

call_with_both = compiled(TEXT, "call_with_both")
"""Call with keyword arguments of two mappings; used for its messages where that cannot be done."""

is_sequence = compiled(TEXT, "is_sequence")
"""Whether sequence patterns can match."""


@lru_cache(maxsize=256)
def class_pattern(positional: int, keywords: tuple[str, ...]) -> Function:
    """A function of a subject and a class: the attributes that a class pattern looks at, or None if
    it does not match."""
    names = [f"p{number}" for number in range(positional)]
    pairs = [f"{keyword}=k{number}" for number, keyword in enumerate(keywords)]
    values = [*names, *(f"k{number}" for number in range(len(keywords)))]
    return compiled(
        f"def match(s, c):\n match s:\n  case c({', '.join([*names, *pairs])}):\n"
        f"   return ({''.join(value + ', ' for value in values)})\n",
        "match",
    )


@lru_cache(maxsize=256)
def mapping_pattern(count: int, rest: bool) -> Function:
    """A function of a subject and keys: the values (and the rest) of a mapping pattern, or None if
    it does not match."""
    pairs = [f"keys.k{number}: v{number}" for number in range(count)]
    values = [f"v{number}" for number in range(count)]
    if rest:
        pairs.append("**rest")
        values.append("rest")
    function = compiled(
        f"def match(s, keys):\n match s:\n  case {{{', '.join(pairs)}}}:\n"
        f"   return ({''.join(value + ', ' for value in values)})\n",
        "match",
    )

    def match(subject: Any, *keys: Any) -> Any:
        named = SimpleNamespace(**{f"k{number}": key for number, key in enumerate(keys)})
        return function(subject, named)

    return match


@lru_cache(maxsize=256)
def importing(name: str) -> Function:
    """A function of a module: what `from module import name` gives."""
    code = compile(f"from module import {name} as value", "<template>", "exec", dont_inherit=True)

    def import_from(module: Any) -> Any:
        namespace = template_globals(module)
        exec(code, namespace)
        return namespace["value"]

    return import_from


IMPORT_STAR: CodeType = compile("from module import *", "<template>", "exec", dont_inherit=True)


def import_star(module: Any, namespace: Any) -> None:
    """`from module import *` into a namespace."""
    exec(IMPORT_STAR, template_globals(module), namespace)


def template_globals(module: Any) -> dict[str, Any]:
    """Globals in which every import statement gets `module`."""

    def give(*arguments: Any) -> Any:
        return module

    return {"__builtins__": {"__import__": give}, "__name__": __name__}


@lru_cache(maxsize=1)
def docstring_cleaner() -> Function:
    """A function from a docstring as written to what the host stores."""
    import ast

    def clean(text: str) -> str:
        tree = ast.parse("def f(): ''", "<template>")
        statement: Any = tree.body[0]
        statement.body[0].value.value = text
        namespace: dict[str, Any] = {}
        exec(compile(tree, "<template>", "exec", dont_inherit=True), namespace)
        cleaned: str = namespace["f"].__doc__
        return cleaned

    return clean
