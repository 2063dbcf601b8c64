"""multiprocessing with any start method: pipes, shared memory, locks, a pool, errors."""

import multiprocessing
from multiprocessing.shared_memory import SharedMemory


def length(start: int) -> int:
    steps = 0
    while start != 1:
        start = start * 3 + 1 if start % 2 else start // 2
        steps += 1
    return steps


def answer(connection: "multiprocessing.connection.Connection") -> None:
    while (limit := connection.recv()) is not None:
        connection.send(max((length(n), n) for n in range(1, limit)))
    connection.close()


def add(total: "multiprocessing.sharedctypes.Synchronized[int]", amount: int) -> None:
    for n in range(300):
        with total.get_lock():
            total.value += amount * n


def fill(name: str, first: int) -> None:
    memory = SharedMemory(name)
    for n in range(1000):
        memory.buf[first + n] = (first + n * n) % 251
    memory.close()


def fail(n: int) -> float:
    return 1 / (n - 3)


def main(how: str) -> None:
    """Run everything with the start method `how`."""
    context = multiprocessing.get_context(how)
    here, there = context.Pipe()
    process = context.Process(target=answer, args=(there,))
    process.start()
    for limit in (10, 1000, 3000, None):
        here.send(limit)
        if limit is not None:
            print(here.recv())
    process.join()
    print(process.exitcode)

    total = context.Value("q", 0)
    processes = [context.Process(target=add, args=(total, n)) for n in range(3)]
    memory = SharedMemory(create=True, size=2000)
    processes += [context.Process(target=fill, args=(memory.name, n * 1000)) for n in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(total.value, sum(memory.buf[:2000]), [process.exitcode for process in processes])
    memory.close()
    memory.unlink()

    with context.Pool(2) as pool:
        print(sum(pool.map(length, range(1, 2000), chunksize=100)))
        print([pool.apply(length, (n,)) for n in range(1, 5)])
        try:
            pool.map(fail, range(6))
        except ZeroDivisionError as error:
            print(error, type(error.__cause__).__name__)
        print(sorted(pool.imap_unordered(length, range(1, 40))))
