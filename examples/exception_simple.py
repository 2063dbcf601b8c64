"""Raise an exception with a message and print the message where it is caught."""


def withdraw(balance: int, amount: int) -> int:
    if amount > balance:
        raise ValueError(f"cannot take {amount} from {balance}")
    return balance - amount


def main() -> None:
    balance = 100
    for amount in (30, 50, 40):
        try:
            balance = withdraw(balance, amount)
        except ValueError as error:
            print(error)
        else:
            print(f"took {amount}, {balance} left")


if __name__ == "__main__":
    main()
