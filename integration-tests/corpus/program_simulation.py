"""An event simulation driven by generators, with resources, interrupts and a report."""

import heapq
import itertools
from collections import deque


class Interrupted(Exception):
    pass


class Simulation:
    def __init__(self):
        self.now = 0
        self.events = []
        self.order = itertools.count()
        self.log = []

    def schedule(self, delay, process, value=None):
        heapq.heappush(self.events, (self.now + delay, next(self.order), process, value))

    def start(self, generator):
        self.schedule(0, generator)
        return generator

    def resume(self, process, value):
        try:
            request = process.throw(value) if isinstance(value, Exception) else process.send(value)
        except StopIteration as stop:
            self.log.append(f"{self.now:3} {process.__name__} ends with {stop.value}")
            return
        except Interrupted as error:
            self.log.append(f"{self.now:3} {process.__name__} gives up: {error}")
            return
        match request:
            case int() | float():
                self.schedule(request, process)
            case ("acquire", resource):
                resource.acquire(self, process)
            case ("release", resource):
                resource.release(self)
                self.schedule(0, process)

    def run(self, until):
        while self.events and self.events[0][0] <= until:
            self.now, _, process, value = heapq.heappop(self.events)
            self.resume(process, value)
        return self


class Resource:
    def __init__(self, capacity):
        self.free = capacity
        self.waiting = deque()
        self.longest = 0

    def acquire(self, simulation, process):
        if self.free:
            self.free -= 1
            simulation.schedule(0, process, "at once")
        else:
            self.waiting.append(process)
            self.longest = max(self.longest, len(self.waiting))

    def release(self, simulation):
        if self.waiting:
            simulation.schedule(0, self.waiting.popleft(), "after waiting")
        else:
            self.free += 1


def customer(simulation, name, arrives, service, desk):
    yield arrives
    simulation.log.append(f"{simulation.now:3} {name} arrives")
    how = yield "acquire", desk
    try:
        simulation.log.append(f"{simulation.now:3} {name} served {how}")
        yield from work(simulation, name, service)
    finally:
        simulation.log.append(f"{simulation.now:3} {name} leaves")
    yield "release", desk
    return name.upper()


def work(simulation, name, service):
    for part in range(service):
        try:
            yield 1
        except Interrupted:
            simulation.log.append(f"{simulation.now:3} {name} is interrupted in part {part}")
            raise


simulation, desk = Simulation(), Resource(2)
processes = [
    simulation.start(customer(simulation, name, arrives, service, desk))
    for name, arrives, service in (("ann", 0, 5), ("bob", 1, 3), ("cat", 2, 2), ("dan", 2, 4), ("eve", 9, 1))
]
simulation.schedule(6, processes[3], Interrupted("fire alarm"))
print(*simulation.run(50).log, sep="\n")
print(simulation.now, desk.longest, desk.free, [p.gi_frame is None for p in processes])
