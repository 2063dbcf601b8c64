"""Queues of all kinds between producers, workers and a collector."""

import queue
import threading

STOP = None


def work(todo: queue.Queue, done: queue.Queue) -> None:
    while (item := todo.get()) is not STOP:
        number, start = item
        length = 0
        while start != 1:
            start = start * 3 + 1 if start % 2 else start // 2
            length += 1
        done.put((number, length))
        todo.task_done()
    todo.task_done()


def pipeline() -> None:
    todo: queue.Queue = queue.Queue(maxsize=8)
    done: queue.Queue = queue.Queue()
    workers = [threading.Thread(target=work, args=(todo, done)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for number in range(600):
        todo.put((number, number + 1))
    for _ in workers:
        todo.put(STOP)
    todo.join()
    for worker in workers:
        worker.join()
    found = dict(done.get_nowait() for _ in range(600))
    print(len(found), sum(found.values()), max(found.values()), done.empty())


def priorities() -> None:
    heap: queue.PriorityQueue = queue.PriorityQueue()
    threads = [
        threading.Thread(target=lambda k=k: [heap.put((n * 7 % 50, k)) for n in range(100)])
        for k in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    got = [heap.get() for _ in range(300)]
    print(got == sorted(got), got[0], got[-1], sum(p * k for p, k in got))


def others() -> None:
    stack: queue.LifoQueue = queue.LifoQueue(3)
    for n in range(3):
        stack.put(n)
    try:
        stack.put(3, timeout=0.01)
    except queue.Full as error:
        print(type(error).__name__, [stack.get() for _ in range(3)])
    simple: queue.SimpleQueue = queue.SimpleQueue()
    reader = threading.Thread(target=lambda: print(sum(simple.get() for _ in range(1000))))
    reader.start()
    for n in range(1000):
        simple.put(n * n)
    reader.join()
    try:
        simple.get(timeout=0.01)
    except queue.Empty as error:
        print(type(error).__name__)


if __name__ == "__main__":
    pipeline()
    priorities()
    others()
