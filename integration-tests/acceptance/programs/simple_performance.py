"""Loops of 10,000 iterations at module level: their variables are globals."""

from checking import check, finish

total = 0
for i in range(10_000):
    total = total + i
check("add", total, 49995000)

total = 0
for i in range(10_000):
    total = total + i * 2
check("multiply", total, 99990000)

total = 0
for i in range(10_000):
    total = total + (i * 3 + 7) % 11 - i // 5 * 2
check("longer expression", total, -19939998)

total = 0
for i in range(100):
    for j in range(100):
        total = total + i * j
check("nested loops", total, 24502500)

finish()
