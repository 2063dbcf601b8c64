"""A bank of accounts over N days: inheritance, properties, bound methods, small objects."""

import sys

SIZES = {"tiny": 5, "small": 615, "large": 7_000}


class Random:
    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state * 16807) % 2147483647
        return self.state % limit


class Refused(Exception):
    pass


class Entry:
    __slots__ = ("amount", "balance", "kind")

    def __init__(self, kind, amount, balance):
        self.kind = kind
        self.amount = amount
        self.balance = balance


class Account:
    fee = 0

    def __init__(self, number, owner):
        self.number = number
        self.owner = owner
        self._balance = 0
        self.journal = []

    @property
    def balance(self):
        return self._balance

    def record(self, kind, amount):
        self._balance += amount
        self.journal.append(Entry(kind, amount, self._balance))
        if len(self.journal) > 50:
            del self.journal[:25]

    def deposit(self, amount):
        self.record("deposit", amount)

    def withdraw(self, amount):
        if amount + self.fee > self.available():
            raise Refused(self.number)
        self.record("withdrawal", -amount - self.fee)

    def available(self):
        return self.balance

    def end_of_day(self):
        pass


class Savings(Account):
    def end_of_day(self):
        super().end_of_day()
        if self.balance > 100:
            self.record("interest", self.balance // 1000)


class Checking(Account):
    fee = 1
    overdraft = 500

    def available(self):
        return super().available() + self.overdraft


class Bank:
    def __init__(self):
        self.accounts = {}
        self.refused = 0

    def open(self, kind, owner):
        account = kind(len(self.accounts), owner)
        self.accounts[account.number] = account
        return account

    def transfer(self, source, target, amount):
        try:
            self.accounts[source].withdraw(amount)
        except Refused:
            self.refused += 1
        else:
            self.accounts[target].deposit(amount)

    def total(self):
        return sum(account.balance for account in self.accounts.values())


def main(days):
    bank = Bank()
    random = Random(2024)
    for number in range(200):
        account = bank.open(Savings if number % 3 else Checking, f"owner {number}")
        account.deposit(1000 + number)
    for _ in range(days):
        for _ in range(1000):
            bank.transfer(random.below(200), random.below(200), random.below(300))
        for account in bank.accounts.values():
            account.end_of_day()
    print(bank.total(), bank.refused, sum(len(a.journal) for a in bank.accounts.values()))


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
