"""Thread pools: map, submit, results in any order, errors, callbacks, cancelled work."""

import threading
from concurrent.futures import ThreadPoolExecutor, as_completed, wait


def count_primes(limit: int) -> int:
    sieve = bytearray([1]) * (limit + 1)
    sieve[:2] = b"\0\0"
    for n in range(2, int(limit**0.5) + 1):
        if sieve[n]:
            for multiple in range(n * n, limit + 1, n):
                sieve[multiple] = 0
    return sum(sieve)


def divide(n: int) -> float:
    total = 0.0
    for k in range(200):
        total += k / (n - 5)
    return round(total, 6)


def fib(n: int) -> int:
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def main() -> None:
    with ThreadPoolExecutor(4, thread_name_prefix="worker") as pool:
        print(list(pool.map(count_primes, range(100, 3000, 100))))
        futures = {pool.submit(divide, n): n for n in range(12)}
        found = {}
        for future in as_completed(futures):
            error = future.exception()
            found[futures[future]] = repr(error) if error else future.result()
        print(sorted(found.items()))
        called: list[int] = []
        futures = [pool.submit(fib, n) for n in range(18)]
        for future in futures:
            future.add_done_callback(lambda done: called.append(done.result()))
        done, rest = wait(futures)
        print(len(done), len(rest))
    print(sorted(called))
    release = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(release.wait)
        waiting = [pool.submit(fib, n) for n in range(5)]
        print([future.cancel() for future in waiting[1:3]])
        release.set()
    print(running.result(), [future.cancelled() for future in waiting], waiting[4].result())
    try:
        pool.submit(fib, 3)
    except RuntimeError as error:
        print(error)


if __name__ == "__main__":
    main()
