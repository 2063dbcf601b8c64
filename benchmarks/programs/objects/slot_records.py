"""Records of measurements, N passes that filter, correct and sum them up.

Attributes in slots: ints, floats and truth values.
"""

import sys

SIZES = {"tiny": 2, "small": 5_800, "large": 46_400}


class Record:
    __slots__ = ("day", "level", "rain", "station", "valid")

    def __init__(self, station, day, level, rain):
        self.station = station
        self.day = day
        self.level = level
        self.rain = rain
        self.valid = True


class Summary:
    __slots__ = ("count", "highest", "lowest", "rain")

    def __init__(self):
        self.count = 0
        self.lowest = 1e9
        self.highest = -1e9
        self.rain = 0.0

    def add(self, record):
        self.count += 1
        self.rain += record.rain
        if record.level < self.lowest:
            self.lowest = record.level
        if record.level > self.highest:
            self.highest = record.level


def correct(records, shift):
    changed = 0
    for record in records:
        if record.station % 3 == 0:
            record.level += shift
            changed += 1
        record.valid = record.level > -5.0 and record.rain >= 0.0
    return changed


def main(passes):
    records = [
        Record(n % 11, n // 11, (n * 37 % 101) * 0.25 - 6.0, (n * 53 % 97) * 0.5)
        for n in range(1500)
    ]
    summary = Summary()
    changed = 0
    for number in range(passes):
        changed += correct(records, 0.5 if number % 2 else -0.5)
        for record in records:
            if record.valid and record.day % 7 == number % 7:
                summary.add(record)
    print(f"{changed} changed, {summary.count} counted, rain {summary.rain:.3f}")
    print(f"levels {summary.lowest:.2f} to {summary.highest:.2f}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
