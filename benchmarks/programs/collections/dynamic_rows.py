"""Dynamic programming by rows: longest common subsequence, and ways to change money."""

import sys

SIZES = {"tiny": (60, 300), "small": (2_100, 1_200_000), "large": (6_200, 8_000_000)}


def common(left, right):
    row = [0] * (len(right) + 1)
    for x in left:
        new = [0]
        for j, y in enumerate(right):
            if x == y:
                new.append(row[j] + 1)
            else:
                new.append(max(row[j + 1], new[j]))
        row = new
    return row[-1]


def ways(amount, coins):
    table = [1] + [0] * amount
    for coin in coins:
        for value in range(coin, amount + 1):
            table[value] = (table[value] + table[value - coin]) % 1_000_000_007
    return table[amount]


def main(size, amount):
    left = [i * i % 11 for i in range(size)]
    right = [i * 7 % 13 for i in range(size)]
    print(common(left, right), ways(amount, [1, 2, 5, 10, 20]))


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
