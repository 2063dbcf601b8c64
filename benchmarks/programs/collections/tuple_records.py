"""Records that are tuples: filtered, changed, sorted by a key, looked up."""

import sys

SIZES = {"tiny": (100, 2), "small": (20_000, 340), "large": (20_000, 2_750)}


def raised(staff):
    found = []
    for name, age, pay in staff:
        if age >= 40:
            found.append((name, age, pay + pay // 20))
        else:
            found.append((name, age, pay + 10))
    return found


def main(size, times):
    names = ["ann", "bob", "cy", "dee", "eve"]
    staff = [(names[k % 5], 20 + k * 7 % 50, 1000 + k % 997) for k in range(size)]
    check = 0
    for _ in range(times):
        staff = raised(staff)
        oldest = 0
        for record in staff:
            if record[1] > oldest and record[0] != "cy":
                oldest = record[1]
        check = (check + oldest + staff[size // 2][2]) % 1_000_003
    staff.sort(key=lambda record: (record[1], record[0], record[2]))
    print(check, staff[0], staff[-1])


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
