"""Signals that arrive in the middle of hot loops: handlers that count, and that raise."""

import os
import signal
import threading
import time

counted: list[int] = []


class Enough(Exception):
    """A handler has seen enough."""


def count(number: int, frame: object) -> None:
    counted.append(number)


def enough(number: int, frame: object) -> None:
    counted.append(number)
    if len(counted) >= 3:
        signal.setitimer(signal.ITIMER_REAL, 0)
        raise Enough(number)


def spin() -> tuple[int, str]:
    """Loop until a handler raises; the handler of the error sees a consistent state."""
    n = total = 0
    try:
        while True:
            n += 1
            total += n % 5
    except Enough as error:
        consistent = total in (sum_of(n), sum_of(n - 1))
        return error.args[0], f"consistent: {consistent}"


def sum_of(n: int) -> int:
    whole, rest = divmod(n, 5)
    return whole * 10 + sum(k % 5 for k in range(rest + 1))


def until_counted(times: int) -> int:
    x = 1
    while len(counted) < times:
        for _ in range(10_000):
            x = x * 48271 % 2147483647
    return x > 0


def endless() -> None:
    """Without a handler of its own: CPython 3.13.0 misses one at the jump back of a `while`."""
    # Within: on a busy machine the signal comes before the timer's start is over.
    threading.Timer(0.01, os.kill, (os.getpid(), signal.SIGINT)).start()
    x = 1
    while x:
        x = x * 48271 % 2147483647


def interrupted() -> str:
    try:
        endless()
    except KeyboardInterrupt:
        return "interrupted"
    return "ended"


def main() -> None:
    signal.signal(signal.SIGALRM, count)
    signal.setitimer(signal.ITIMER_REAL, 0.005, 0.005)
    print(until_counted(4))
    signal.setitimer(signal.ITIMER_REAL, 0)
    counted.clear()
    signal.signal(signal.SIGALRM, enough)
    signal.setitimer(signal.ITIMER_REAL, 0.003, 0.003)
    print(spin(), len(counted))
    counted.clear()
    print(interrupted())
    signal.signal(signal.SIGUSR1, count)
    for _ in range(50):
        os.kill(os.getpid(), signal.SIGUSR1)
    print(len(counted), set(counted) == {signal.SIGUSR1})
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    os.kill(os.getpid(), signal.SIGUSR1)
    before = len(counted)
    pending = signal.sigpending()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})
    print(before, pending, len(counted))
    started = time.monotonic()
    signal.signal(signal.SIGALRM, enough)
    signal.alarm(1)
    signal.alarm(0)
    print(time.monotonic() - started < 1, signal.getsignal(signal.SIGALRM) is enough)


if __name__ == "__main__":
    main()
