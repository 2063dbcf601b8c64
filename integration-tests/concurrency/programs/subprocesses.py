"""Processes started from threads and from hot loops, with pipes between them."""

import os
import subprocess
import sys
import threading

SUM = "import sys; print(sum(map(int, sys.stdin.read().split())))"


def run(numbers: list[int], results: dict[int, str]) -> None:
    text = " ".join(map(str, numbers))
    words = [sys.executable, "-S", "-c", SUM]
    done = subprocess.run(words, input=text, capture_output=True, text=True, check=True)
    results[numbers[0]] = done.stdout.strip()


def pipeline() -> str:
    first = subprocess.Popen(
        [sys.executable, "-S", "-c", "for n in range(1000): print(n * n)"], stdout=subprocess.PIPE
    )
    second = subprocess.Popen(
        [sys.executable, "-S", "-c", SUM], stdin=first.stdout, stdout=subprocess.PIPE, text=True
    )
    first.stdout.close()
    output, _ = second.communicate()
    return f"{output.strip()} {first.wait()} {second.returncode}"


def main() -> None:
    results: dict[int, str] = {}
    threads = [
        threading.Thread(target=run, args=(list(range(n, n + 500)), results)) for n in range(4)
    ]
    for thread in threads:
        thread.start()
    total = 0
    while any(thread.is_alive() for thread in threads):
        for n in range(2000):
            total += n & 3
    for thread in threads:
        thread.join()
    print(sorted(results.items()), total % 3000)
    print(pipeline())
    try:
        words = [sys.executable, "-S", "-c", "import sys; sys.exit('failed')"]
        subprocess.run(words, check=True, capture_output=True)
    except subprocess.CalledProcessError as error:
        print(error.returncode, error.stderr)
    try:
        subprocess.run([sys.executable, "-S", "-c", "while True: pass"], timeout=0.05)
    except subprocess.TimeoutExpired as error:
        print(type(error).__name__)
    statuses = []
    for n in range(3):
        pid = os.posix_spawn(
            sys.executable, [sys.executable, "-S", "-c", f"raise SystemExit({n})"], os.environ
        )
        statuses.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    print(statuses)


if __name__ == "__main__":
    main()
