"""Conditions, events, semaphores and barriers between threads that compute."""

import threading

SIZE = 5
ITEMS = 400


class Buffer:
    """A bounded buffer."""

    def __init__(self) -> None:
        self.items: list[int] = []
        self.changed = threading.Condition()

    def put(self, item: int) -> None:
        with self.changed:
            self.changed.wait_for(lambda: len(self.items) < SIZE)
            self.items.append(item)
            self.changed.notify_all()

    def take(self) -> int:
        with self.changed:
            while not self.items:
                self.changed.wait()
            item = self.items.pop(0)
            self.changed.notify_all()
            return item


def produce(buffer: Buffer, first: int) -> None:
    value = first
    for _ in range(ITEMS):
        value = (value * 1103515245 + 12345) % 2**31
        buffer.put(value)


def consume(buffer: Buffer, taken: list[int]) -> None:
    for _ in range(ITEMS):
        taken.append(buffer.take())


def phases(barrier: threading.Barrier, rows: list[list[int]], mine: int) -> None:
    """A row depends on its neighbours of the phase before."""
    for _ in range(10):
        left, right = rows[mine - 1], rows[(mine + 1) % len(rows)]
        new = [(a + b + i) % 1009 for i, (a, b) in enumerate(zip(left, right, strict=True))]
        barrier.wait()
        rows[mine] = new
        barrier.wait()


def limited(gate: threading.Semaphore, inside: list[int], most: list[int]) -> None:
    for _ in range(50):
        with gate:
            inside.append(1)
            most.append(len(inside))
            sum(n * n for n in range(100))
            inside.pop()


def run(targets: list[tuple[object, tuple[object, ...]]]) -> None:
    threads = [threading.Thread(target=target, args=args) for target, args in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> None:
    buffer, taken = Buffer(), [[], [], []]
    run([(produce, (buffer, n)) for n in range(3)] + [(consume, (buffer, own)) for own in taken])
    everything = sorted(value for own in taken for value in own)
    print(len(everything), sum(everything), everything[:2], buffer.items)
    rows = [[n * 10 + i for i in range(40)] for n in range(4)]
    barrier = threading.Barrier(len(rows))
    run([(phases, (barrier, rows, n)) for n in range(len(rows))])
    print([sum(row) for row in rows], rows[2][:5])
    inside: list[int] = []
    most: list[int] = []
    run([(limited, (threading.BoundedSemaphore(2), inside, most)) for _ in range(5)])
    print(max(most) <= 2, len(most), inside)
    event, order = threading.Event(), []
    run([(lambda: (event.wait(), order.append("waited")), ()), (lambda: event.set(), ())])
    broken = threading.Barrier(2)
    broken.abort()
    try:
        broken.wait()
    except threading.BrokenBarrierError as error:
        print(order, event.is_set(), type(error).__name__, broken.broken)


if __name__ == "__main__":
    main()
