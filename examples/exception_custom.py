"""Exceptions of one's own: a small hierarchy, caught by the base class, message printed."""


class BookingError(Exception):
    """A seat that cannot be booked."""


class UnknownSeat(BookingError):
    def __init__(self, seat: str) -> None:
        super().__init__(f"there is no seat {seat}")


class SeatTaken(BookingError):
    def __init__(self, seat: str, owner: str) -> None:
        super().__init__(seat, owner)
        self.seat = seat
        self.owner = owner

    def __str__(self) -> str:
        return f"seat {self.seat} belongs to {self.owner}"


class Train:
    def __init__(self, *seats: str) -> None:
        self.owners: dict[str, str | None] = dict.fromkeys(seats)

    def book(self, seat: str, person: str) -> None:
        if seat not in self.owners:
            raise UnknownSeat(seat)
        if (owner := self.owners[seat]) is not None:
            raise SeatTaken(seat, owner)
        self.owners[seat] = person


def main() -> None:
    train = Train("1A", "1B", "2A")
    for seat, person in [("1A", "Mia"), ("1A", "Lou"), ("9Z", "Lou"), ("2A", "Lou")]:
        try:
            train.book(seat, person)
        except BookingError as error:
            print(error)
        else:
            print(f"{person} sits in {seat}")


if __name__ == "__main__":
    main()
