"""Sort records by several keys, several times: lambdas, `itemgetter`, tuples, grouping."""

import sys
from itertools import groupby
from operator import itemgetter

SIZES = {"tiny": (200, 1), "small": (8_000, 80), "large": (8_000, 650)}


def people(count):
    state = 1
    result = []
    for number in range(count):
        state = (state * 48271) % 2147483647
        age = state % 80
        city = "city" + str(state // 80 % 50)
        result.append({"name": f"n{state % 9973:05}", "age": age, "city": city, "id": number})
    return result


def main(count, times):
    rows = people(count)
    checksum = 0
    for _ in range(times):
        rows.sort(key=itemgetter("name"))
        rows.sort(key=lambda row: (row["city"], -row["age"]))
        for city, members in groupby(rows, key=itemgetter("city")):
            oldest = max(members, key=lambda row: (row["age"], row["id"]))
            checksum = (checksum * 31 + oldest["id"] + len(city)) % 1_000_000_007
        rows = sorted(rows, key=lambda row: (row["age"] % 10, row["name"], row["id"]), reverse=True)
        checksum = (checksum * 31 + rows[0]["id"]) % 1_000_000_007
    print(checksum)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
