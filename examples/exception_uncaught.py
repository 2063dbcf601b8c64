"""An exception that nobody catches: a traceback on standard error.

Exit status: 1
"""


class OutOfStock(Exception):
    """An order for more than there is."""


def take(stock: dict[str, int], item: str, count: int) -> None:
    if stock[item] < count:
        raise OutOfStock(f"{count} x {item} ordered, {stock[item]} there")
    stock[item] -= count


def main() -> None:
    stock = {"apple": 5, "pear": 2}
    for item, count in [("apple", 3), ("pear", 2), ("apple", 4)]:
        take(stock, item, count)
        print(f"sold {count} x {item}")


if __name__ == "__main__":
    main()
