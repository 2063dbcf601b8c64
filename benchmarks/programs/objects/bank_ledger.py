"""Transfers between accounts, in cents: N of them, some refused.

Methods that test, change counters and return truth values; class constants.
"""

import sys

SIZES = {"tiny": 500, "small": 1_800_000, "large": 14_400_000}


class Account:
    FEE = 25
    FREE = 10_000

    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.deposits = 0
        self.refused = 0

    def deposit(self, amount):
        self.balance += amount
        self.deposits += 1

    def withdraw(self, amount):
        total = amount if amount > self.FREE else amount + self.FEE
        if total > self.balance:
            self.refused += 1
            return False
        self.balance -= total
        return True

    @property
    def is_rich(self):
        return self.balance > 1_000_000


class Ledger:
    def __init__(self, accounts):
        self.accounts = accounts
        self.moved = 0
        self.count = 0

    def transfer(self, source, target, amount):
        giver = self.accounts[source]
        taker = self.accounts[target]
        if giver is taker or not giver.withdraw(amount):
            return 0
        taker.deposit(amount)
        self.moved += amount
        self.count += 1
        return amount


def main(transfers):
    ledger = Ledger([Account(number, 500_000 + number * 1000) for number in range(50)])
    seed = 12345
    largest = 0
    for _ in range(transfers):
        seed = (seed * 1103515245 + 12345) % 2147483648
        amount = seed // 65536 % 20000
        moved = ledger.transfer(seed % 50, seed // 64 % 50, amount)
        if moved > largest:
            largest = moved
    rich = sum(account.is_rich for account in ledger.accounts)
    refused = sum(account.refused for account in ledger.accounts)
    balance = sum(account.balance for account in ledger.accounts)
    print(f"{ledger.count} transfers, {ledger.moved} moved, {refused} refused, {largest} largest")
    print(f"{balance} left, {rich} rich")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
