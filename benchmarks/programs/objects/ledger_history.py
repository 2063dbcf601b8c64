"""Accounts with a history: N transfers, each an object that two accounts remember.

Data classes that are made and kept in lists; the last entry is an attribute.
"""

import sys
from dataclasses import dataclass

SIZES = {"tiny": 300, "small": 500_000, "large": 4_000_000}


@dataclass
class Entry:
    amount: int
    balance: int
    partner: int


class Account:
    def __init__(self, number):
        self.number = number
        self.balance = 100_000
        self.last = Entry(0, 100_000, number)
        self.history = []

    def book(self, amount, partner):
        self.balance += amount
        entry = Entry(amount, self.balance, partner)
        self.last = entry
        self.history.append(entry)


def main(transfers):
    accounts = [Account(number) for number in range(40)]
    seed = 42
    refused = largest = 0
    for _ in range(transfers):
        seed = (seed * 1103515245 + 12345) % 2147483648
        giver = accounts[seed // 64 % 40]
        taker = accounts[seed // 8192 % 40]
        amount = seed // 65536 % 5000
        if giver is taker or giver.balance < amount:
            refused += 1
            continue
        giver.book(-amount, taker.number)
        taker.book(amount, giver.number)
        if taker.last.balance > largest:
            largest = taker.last.balance
    lowest = min(entry.balance for account in accounts for entry in account.history)
    entries = sum(len(account.history) for account in accounts)
    print(f"{entries} entries, {refused} refused, from {lowest} to {largest}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
