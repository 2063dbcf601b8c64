"""The order in which classes are searched, case by case: C3, conflicts, and their texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

import pytest

from tauraro_vm.objects.mro import linearize, mro_of


def host_error(build: Callable[[], object]) -> str:
    with pytest.raises(TypeError) as caught:
        build()
    return str(caught.value)


def model_error(*bases: type) -> str:
    return host_error(lambda: linearize(bases))


def test_object_has_no_bases() -> None:
    assert linearize(()) == ()
    assert mro_of(object) == (object,)


def test_diamond() -> None:
    class A: ...

    class B(A): ...

    class C(A): ...

    assert linearize((B, C)) == (B, C, A, object)
    assert linearize((C, B)) == (C, B, A, object)


def test_the_example_of_the_c3_paper() -> None:
    class Boat: ...

    class Day(Boat): ...

    class Wheel(Boat): ...

    class Engineless(Day): ...

    class Pedal(Engineless, Wheel): ...

    class SmallMulti(Day, Wheel): ...

    expected = (Pedal, Engineless, SmallMulti, Day, Wheel, Boat, object)
    assert linearize((Pedal, SmallMulti)) == expected


@pytest.mark.parametrize("cls", [bool, dict, ExceptionGroup, UnicodeDecodeError, type, super])
def test_builtin_types(cls: type) -> None:
    assert (cls, *linearize(cls.__bases__)) == mro_of(cls) == cls.__mro__


def test_generic_classes() -> None:
    T = TypeVar("T")

    class Readable(Protocol[T]):
        def read(self) -> T: ...

    class Buffer(dict[str, T], Generic[T]): ...

    class File(Buffer[int], Readable[int]): ...

    for cls in (Readable, Buffer, File):
        assert (cls, *linearize(cls.__bases__)) == mro_of(cls) == cls.__mro__


def test_conflicting_orders() -> None:
    class X: ...

    class Y: ...

    class A(X, Y): ...

    class B(Y, X): ...

    text = host_error(lambda: type("C", (A, B), {}))
    assert model_error(A, B) == text
    assert "for bases X, Y" in text


def test_object_before_its_subclass() -> None:
    class A: ...

    assert model_error(object, A) == host_error(lambda: type("C", (object, A), {}))


def test_duplicate_base() -> None:
    class A: ...

    assert model_error(A, int, A) == host_error(lambda: type("C", (A, int, A), {}))


@pytest.mark.parametrize("length", [*range(440, 470), 2000])
@pytest.mark.parametrize("letter", ["x", "ä", "€", "🐍"])
def test_long_texts_are_cut_where_the_host_cuts_them(letter: str, length: int) -> None:
    count = length // len(letter.encode())
    X, Y = type("X" + letter * count, (), {}), type("Y" + letter * count, (), {})
    A, B = type("A", (X, Y), {}), type("B", (Y, X), {})
    with pytest.raises((TypeError, UnicodeDecodeError)) as expected:
        type("C", (A, B), {})
    with pytest.raises((TypeError, UnicodeDecodeError)) as actual:
        linearize((A, B))
    if not str(expected.value):  # Early releases of 3.11 lose a text cut inside a character.
        assert isinstance(actual.value, UnicodeDecodeError)
    else:
        assert type(actual.value) is type(expected.value)
        assert str(actual.value) == str(expected.value)


def test_a_metaclass_words_the_names_in_errors() -> None:
    class Named(type):
        __name__ = property(lambda cls: cls.spoken)

        def __repr__(cls) -> str:
            return "<shown>"

    def spoken_as(value: object) -> type:
        return Named("Base", (), {"spoken": value})

    for name in ("spoken", 5, "two words"):
        A = spoken_as(name)
        assert model_error(A, A) == host_error(lambda A=A: type(A)("C", (A, A), {}))
        assert model_error(object, A) == host_error(lambda A=A: type(A)("C", (object, A), {}))

    nameless = Named("Base", (), {})
    text = model_error(nameless, nameless)
    assert text == host_error(lambda: Named("C", (nameless, nameless), {}))
    assert text == "duplicate base class <shown>"


def test_a_metaclass_decides_which_names_are_listed_once() -> None:
    class AllEqual(type):
        def __eq__(cls, other: object) -> bool:
            return True

        def __hash__(cls) -> int:
            return 1

    X, Y = AllEqual("X", (), {}), AllEqual("Y", (), {})
    A, B = AllEqual("A", (X, Y), {}), AllEqual("B", (Y, X), {})
    assert A.__mro__ == (A, *linearize((X, Y)))
    assert model_error(A, B) == host_error(lambda: AllEqual("C", (A, B), {}))


def test_an_order_made_by_a_metaclass() -> None:
    class X: ...

    class Flat(type):
        def mro(cls) -> list[type]:
            return [cls, X, object]

    class A(metaclass=Flat): ...

    class B(A): ...

    class C(B): ...

    assert mro_of(A) == (A, X, object)
    assert mro_of(C) == (C, X, object)
    assert (C, *linearize((B,))) == tuple(type.mro(C)) == (C, B, X, object)


def test_a_single_base_whose_order_cannot_be_merged() -> None:
    class Base: ...

    class Twice(type):
        def mro(cls) -> list[type]:
            return [cls, Base, Base, object] if cls.__name__ == "Odd" else super().mro()

    Odd = Twice("Odd", (Base,), {})
    assert linearize((Odd,)) == (Odd, Base, Base, object)
    assert Twice("Derived", (Odd,), {}).__mro__[1:] == linearize((Odd,))


def test_the_record_stays_when_the_metaclass_changes() -> None:
    class Meta(type):
        answers = 0

        def mro(cls) -> list[type]:
            Meta.answers += 1
            return [cls, object]

    class Base: ...

    class A(Base, metaclass=Meta): ...

    assert mro_of(A) == (A, object)
    assert mro_of(A) is mro_of(A)
    assert Meta.answers == 1
    del Meta.mro
    assert mro_of(A) == A.__mro__ == (A, object)


def test_assigned_bases() -> None:
    class A: ...

    class B: ...

    class C(A): ...

    class D(C): ...

    before = mro_of(D)
    C.__bases__ = (B,)
    assert mro_of(D) == (D, C, B, object)
    assert mro_of(D) is not before


def test_a_class_that_is_still_being_made() -> None:
    seen: list[Any] = []

    class Meta(type):
        def mro(cls) -> list[type]:
            if cls.__name__ == "Early":
                return type.mro(cls)
            seen.append(mro_of(cls))
            seen.append(model_error(cls))
            seen.append(host_error(lambda: type("Early", (cls,), {})))
            seen.append(model_error(cls, cls))
            return super().mro()

    Meta("Half" * 40, (), {})
    order, model, host, duplicate = seen[:4]
    assert order == ()
    assert model == host == duplicate
    assert model.startswith("Cannot extend an incomplete type 'HalfHalf")
