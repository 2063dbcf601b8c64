"""Read sales from CSV, group them by month and region, write a report as CSV, several times."""

import csv
import io
import sys
from datetime import date, timedelta

SIZES = {"tiny": (200, 1), "small": (4_000, 120), "large": (4_000, 985)}


def sales(count):
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(["day", "region", "article", "amount"])
    day = date(2021, 1, 1)
    state = 17
    for number in range(count):
        state = (state * 48271) % 2147483647
        region = ("north", "south", "east", "west, far")[state % 4]
        writer.writerow([day.isoformat(), region, f'article "{state % 40}"', state % 5_000])
        if number % 5 == 0:
            day += timedelta(days=1)
    return output.getvalue()


def report(text):
    months = {}
    for row in csv.DictReader(io.StringIO(text)):
        day = date.fromisoformat(row["day"])
        key = (day.replace(day=1), row["region"])
        entry = months.setdefault(key, {"count": 0, "amount": 0, "articles": set()})
        entry["count"] += 1
        entry["amount"] += int(row["amount"])
        entry["articles"].add(row["article"])
    output = io.StringIO()
    writer = csv.writer(output, delimiter=";")
    for (month, region), entry in sorted(months.items()):
        count = entry["count"]
        mean = f"{entry['amount'] / count:.2f}"
        writer.writerow([f"{month:%Y-%m}", region, count, mean, len(entry["articles"])])
    return output.getvalue()


def main(rows, times):
    text = sales(rows)
    length = 0
    for _ in range(times):
        result = report(text)
        length += len(result)
    print(length, result.splitlines()[-1])


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
