"""Lines of comma-separated values, some quoted, into rows; sums of columns."""

import sys

SIZES = {"tiny": (20, 2), "small": (1_000, 640), "large": (1_000, 5_220)}


def parse_line(line):
    row = []
    field = ""
    quoted = False
    for ch in line:
        if quoted:
            if ch == '"':
                quoted = False
            else:
                field += ch
        elif ch == '"':
            quoted = True
        elif ch == ",":
            row.append(field)
            field = ""
        else:
            field += ch
    row.append(field)
    return row


def main(count, times):
    lines = [f'{k},"name, {k % 13}",{k * k % 1000},x{k % 7}' for k in range(count)]
    total = 0
    length = 0
    for _ in range(times):
        for line in lines:
            row = parse_line(line)
            total += int(row[0]) + int(row[2])
            length += len(row[1]) + len(row)
    print(total, length, row)


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
