"""Threads that change shared objects in hot loops, under locks and without need of them."""

import sys
import threading

sys.setswitchinterval(1e-4)
lock = threading.Lock()
again = threading.RLock()
totals = {"sum": 0, "steps": 0}


class Account:
    def __init__(self) -> None:
        self.balance = 0
        self.lock = threading.Lock()

    def move(self, amount: int) -> None:
        with self.lock:
            before = self.balance
            self.balance = before + amount


def add(own: list[int], first: int) -> None:
    total = 0
    for n in range(20_000):
        total += (n * first) % 7
        if n % 100 == 0:
            with lock:
                totals["sum"] += total
                totals["steps"] += 1
    own.append(total)


def nested(results: list[str], depth: int) -> int:
    with again:
        if depth == 0:
            results.append("bottom")
            return 0
        return nested(results, depth - 1) + 1


def trade(account: Account, sign: int) -> None:
    for amount in range(3000):
        account.move(sign * amount)


def main() -> None:
    owns: list[list[int]] = [[] for _ in range(6)]
    threads = [threading.Thread(target=add, args=(own, n)) for n, own in enumerate(owns)]
    account = Account()
    threads += [threading.Thread(target=trade, args=(account, sign)) for sign in (1, -1, 2, -2)]
    results: list[str] = []
    threads += [threading.Thread(target=nested, args=(results, 50)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(owns, totals, account.balance, results)
    print(threading.active_count(), lock.locked(), lock.acquire(blocking=False))


if __name__ == "__main__":
    main()
