"""Threads: locals, locks, queues, events, exceptions in workers, pools, thread-local values."""

import queue
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed

lock = threading.Lock()
counter = 0


def add(n):
    global counter
    for _ in range(n):
        with lock:
            counter += 1


threads = [threading.Thread(target=add, args=(200,), name=f"adder-{i}") for i in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter, [t.name for t in threads], any(t.is_alive() for t in threads))


def producer(q, items):
    for item in items:
        q.put(item)
    q.put(None)


def consumer(q, out):
    while (item := q.get()) is not None:
        out.append(item * item)


q, out = queue.Queue(maxsize=2), []
pair = [threading.Thread(target=producer, args=(q, range(6))), threading.Thread(target=consumer, args=(q, out))]
[t.start() for t in pair]
[t.join() for t in pair]
print(out)


def fail(n):
    if n == 3:
        raise ValueError(f"task {n}")
    return n * 10


with ThreadPoolExecutor(max_workers=3) as pool:
    print(list(pool.map(fail, [0, 1, 2])))
    futures = {pool.submit(fail, n): n for n in range(5)}
    results = {}
    for future in as_completed(futures):
        try:
            results[futures[future]] = future.result()
        except ValueError as error:
            results[futures[future]] = repr(error)
    print(sorted(results.items()))

local = threading.local()
local.value = "main"
seen = []


def use_local(name):
    seen.append((name, getattr(local, "value", "unset")))
    local.value = name
    seen.append((name, local.value))


for name in "ab":
    t = threading.Thread(target=use_local, args=(name,))
    t.start()
    t.join()
print(seen, local.value)

errors = []
threading.excepthook = lambda args: errors.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))
t = threading.Thread(target=lambda: 1 / 0, name="divider")
t.start()
t.join()
print(errors)
threading.excepthook = threading.__excepthook__


class Worker(threading.Thread):
    def __init__(self, numbers):
        super().__init__(name="worker")
        self.numbers = numbers
        self.result = None

    def run(self):
        self.result = sum(n * n for n in self.numbers)


w = Worker(range(10))
w.start()
w.join()
print(w.result, w.name, threading.current_thread() is threading.main_thread())

event, barrier_log = threading.Event(), []
barrier = threading.Barrier(3, action=lambda: barrier_log.append("together"))
waiters = [threading.Thread(target=lambda: (event.wait(), barrier.wait())) for _ in range(2)]
[t.start() for t in waiters]
event.set()
barrier.wait()
[t.join() for t in waiters]
print(barrier_log)
condition, items = threading.Condition(), []


def waiter():
    with condition:
        condition.wait_for(lambda: items)
        items.append("seen")


t = threading.Thread(target=waiter)
t.start()
with condition:
    items.append("made")
    condition.notify_all()
t.join()
print(items)


def generator_in_thread(g, out):
    out.extend(g)


def numbers():
    yield from range(3)


collected = []
g = numbers()
next(g)
t = threading.Thread(target=generator_in_thread, args=(g, collected))
t.start()
t.join()
print(collected)
