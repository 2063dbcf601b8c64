"""A controller that keeps a heater at its set point: N steps of the two objects.

Loads and stores of attributes, limits in the class, a property.
"""

import sys

SIZES = {"tiny": 500, "small": 2_700_000, "large": 21_600_000}


class Controller:
    LOWEST = 0.0
    HIGHEST = 100.0

    def __init__(self, p, i, d, goal):
        self.p = p
        self.i = i
        self.d = d
        self.goal = goal
        self.total = 0.0
        self.last_error = 0.0
        self.limited = 0

    def update(self, measured, dt):
        error = self.goal - measured
        self.total += error * dt
        slope = (error - self.last_error) / dt
        self.last_error = error
        output = self.p * error + self.i * self.total + self.d * slope
        if output < self.LOWEST:
            self.limited += 1
            return self.LOWEST
        if output > self.HIGHEST:
            self.limited += 1
            return self.HIGHEST
        return output


class Heater:
    def __init__(self, heat):
        self.heat = heat
        self.used = 0.0

    @property
    def celsius(self):
        return self.heat - 273.15

    def run(self, power, dt):
        self.heat += (power * 0.5 - (self.heat - 293.15) * 0.1) * dt
        self.used += power * dt


def main(steps):
    controller = Controller(2.0, 0.1, 0.5, 60.0)
    heater = Heater(293.15)
    worst = 0.0
    for n in range(steps):
        power = controller.update(heater.celsius, 0.01)
        heater.run(power, 0.01)
        if n % 50_000 == 0:
            controller.goal = 90.0 if controller.goal == 60.0 else 60.0
        gap = abs(controller.last_error)
        if gap > worst:
            worst = gap
    print(
        f"{heater.celsius:.9f} C, {heater.used:.6f} used, {controller.limited} limited, {worst:.6f}"
    )


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
