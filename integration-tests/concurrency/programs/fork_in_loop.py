"""os.fork in the middle of hot loops: both processes go on with the loop, each by itself."""

import os
import warnings

# Some hosts warn of threads; the parent here has none of its own when it forks.
warnings.simplefilter("error")


def split(limit: int, at: int) -> tuple[int, bool]:
    """A loop that forks once on its way."""
    total, is_child = 0, False
    for n in range(limit):
        total += n * n % 7
        if n == at:
            is_child = os.fork() == 0
        total ^= n & 1 if is_child else n & 2
    return total, is_child


def children(count: int) -> list[int]:
    """Each child computes on from where the loop stands, and exits with what it found."""
    pids, value = [], 1
    for n in range(count * 2000):
        value = (value * 48271 + n) % 2147483647
        if n % 2000 == 1999:
            pid = os.fork()
            if pid == 0:
                for k in range(5000):
                    value = (value * 16807 + k) % 2147483647
                os._exit(value % 200)
            pids.append(pid)
    return [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]


def deep(n: int) -> tuple[int, bool]:
    """Fork at the bottom of a recursion; the child unwinds it too."""
    if n == 0:
        is_child = os.fork() == 0
        return int(is_child), is_child
    total, is_child = deep(n - 1)
    return total + n % 3, is_child


def read_from_child(result: int, is_child: bool) -> None:
    if is_child:
        os.write(writing, b"%d\n" % result)
        os._exit(0)
    os.wait()
    print(result, os.read(reading, 100))


if __name__ == "__main__":
    reading, writing = os.pipe()
    for at in (0, 1, 5_000, 40_000, 59_999):
        read_from_child(*split(60_000, at))
    print(children(8))
    read_from_child(*deep(200))
