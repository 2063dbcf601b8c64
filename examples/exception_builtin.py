"""Catch a built-in exception and print its message."""


def average(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def main() -> None:
    print(average([3.0, 4.0, 8.0]))
    try:
        print(average([]))
    except ZeroDivisionError as error:
        print(error)


if __name__ == "__main__":
    main()
