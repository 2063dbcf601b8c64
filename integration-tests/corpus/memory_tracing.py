"""tracemalloc and faulthandler: lines that allocate, and the stack that is dumped from a loop."""

import faulthandler
import os
import re
import sys
import tempfile
import tracemalloc


def allocates(n):
    kept = []
    for i in range(n):
        kept.append(bytes(1000 + i))
    return kept


allocates(50)
tracemalloc.start(3)
kept = allocates(60)
snapshot = tracemalloc.take_snapshot().filter_traces(
    [tracemalloc.Filter(True, __file__)]
)
for statistic in snapshot.statistics("lineno")[:1]:
    frame = statistic.traceback[0]
    print(frame.lineno, statistic.count >= 60, statistic.size > 60000)
trace = tracemalloc.get_object_traceback(kept[30])
print([frame.lineno for frame in trace])
tracemalloc.stop()
print(tracemalloc.is_tracing())


def dump(file):
    faulthandler.dump_traceback(file=file, all_threads=False)


def deep(n, file):
    total = 0
    for i in range(n):
        total += i
        if i == n - 3:
            dump(file)
    return total


def dumped(function):
    with tempfile.TemporaryFile() as file:
        function(file)
        file.seek(0)
        text = file.read().decode()
    return re.findall(rf'File "{re.escape(__file__)}", (line .*)', text)


print(dumped(lambda file: deep(50, file)))


def child():
    pid = os.fork()
    if pid == 0:
        with open(os.devnull, "w") as null:
            os.dup2(null.fileno(), 1)
        total = 0
        for i in range(100):
            total += i
            if i == 60:
                os._exit(7)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


sys.stdout.flush()
print(child(), faulthandler.is_enabled())
