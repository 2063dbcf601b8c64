"""Timers and schedules beside a loop that computes."""

import sched
import threading
import time


def busy(until: threading.Event) -> int:
    """Work until the event is set; that it ends shows that other threads get their turn."""
    total = 0
    while not until.is_set():
        for n in range(1000):
            total = (total + n * n) % 1_000_003
    return total


def main() -> None:
    event = threading.Event()
    timer = threading.Timer(0.02, event.set)
    timer.start()
    print(busy(event) >= 0, event.is_set())
    timer.join()
    never = threading.Timer(60, lambda: print("never"))
    never.start()
    never.cancel()
    never.join()
    print(never.is_alive(), never.finished.is_set())

    order: list[str] = []
    schedule = sched.scheduler(time.monotonic, time.sleep)
    for delay, priority, name in ((0.02, 1, "c"), (0.0, 2, "b"), (0.01, 1, "x"), (0.0, 1, "a")):
        schedule.enter(delay, priority, order.append, (name,))
    cancelled = schedule.enter(0.015, 1, order.append, ("cancelled",))
    schedule.cancel(cancelled)
    schedule.run()
    # The two that are due at once were entered at different times: only the others' order is sure.
    print(sorted(order[:2]), order[2:], schedule.empty())

    ticks: list[int] = []
    done = threading.Event()

    def tick(n: int) -> None:
        ticks.append(sum(range(n * 1000)))
        if n == 8:
            done.set()
        else:
            threading.Timer(0.001, tick, (n + 1,)).start()

    tick(0)
    print(busy(done) >= 0, ticks)


if __name__ == "__main__":
    main()
