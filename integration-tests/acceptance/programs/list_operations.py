"""Lists in hot loops: elements, new lists, growth, and all of it together."""

from checking import check, finish


def indexing(n):
    values = [i * 3 % 101 for i in range(n)]
    total = 0
    for i in range(len(values)):
        total += values[i] - values[-1 - i] * 2
    return total


def building(n):
    rows = []
    for i in range(n):
        rows.append([i, i * 2, i % 7])
    total = 0
    for row in rows:
        total += row[0] + row[1] * row[2]
    return total


def appending(n):
    even, odd = [], []
    for i in range(n):
        if i % 2:
            odd.append(i)
        else:
            even.append(i * 0.5)
    return len(even), len(odd), sum(even), sum(odd)


def mixed(n):
    stack = [1, 2, 3]
    total = 0
    for i in range(n):
        stack.append(i)
        if len(stack) > 10:
            total += stack.pop()
            stack[i % 5] += stack[-1]
            stack[0], stack[1] = stack[1], stack[0]
    return total, sum(stack), stack[2:5]


check("indexing", indexing(2000), -99610)
check("building", building(2000), 13989010)
check("append", appending(2000), (1000, 1000, 499500.0, 1000000))
check("mixed operations", mixed(2000), (1998979, 11985, [2397, 2394, 2395]))
finish()
