"""Subscripts: stars inside, tuples, slice objects, chained slices, assignment and deletion."""


class Show:
    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)


s = Show()
items = (1, 2)
print(s[*items], s[*items, 3], s[0, *items], s[*items, *"ab"], s[(*items,)], s[*()])
print(s[1:2], s[:], s[::], s[::-1], s[1:], s[:2], s[1:2:3], s[None:None:None], s[...:...])
print(s[1:2, 3], s[:, ::2], s[..., 0], s[1, :, *items], s["a":"b":"c"], s[(1, 2):(3,)])
s[*items] = "star"
s[1:2, ...] = "mixed"
del s[*items, 0], s[::2], s[()]
s[0] = s[1] = "chained"
print(s[lambda x: x](5), s[x := 3], x, s[1 if items else 2], s[not 1], s[(start := 1) :])


def slices():
    data = list(range(10))
    a, b, c = 2, 8, 3
    results = [data[a:b], data[a:b:c], data[::-1], data[-3:], data[:-7], data[b:a:-2], data[5:100], data[100:]]
    data[a:b] = "xy"
    results.append(list(data))
    data[::2] = [0] * len(data[::2])
    results.append(list(data))
    del data[1:3]
    results.append(list(data))
    data[1:1] = [7, 8]
    data[len(data) :] = [9]
    results.append(list(data))
    data[:] = []
    results.append(data)
    return results


for result in slices():
    print(result)
print("abcdef"[1:-1:2], (1, 2, 3)[::-1], b"bytes"[1:3], range(10)[2:8:2], "x"[5:], [][1:2], "abc"[-100:100])


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        print(f"index {self.n}", end=" ")
        return self.n


data = [10, 20, 30, 40]
print(data[Index(1)], data[Index(1) : Index(3)], data[:: Index(2)])
data[Index(0)] = 5
data[Index(1) : Index(2)] = [6, 7]
del data[Index(-1)]
print(data)
text, nothing = "abc", None
for operation in (
    lambda: data[text], lambda: data[1.0], lambda: data[1:"x"], lambda: data[::0], lambda: data[99],
    lambda: data.__setitem__(slice(0, 4, 2), [1]), lambda: data.__setitem__(99, 1), lambda: text[nothing],
    lambda: s[*5], lambda: items[1, 2], lambda: {}[1, 2], lambda: nothing[0], lambda: print[0],
):  # fmt: skip
    try:
        print(operation())
    except Exception as error:
        print(type(error).__name__, error)
piece = slice(1, 10, 2)
print(piece.start, piece.stop, piece.step, piece.indices(5), piece == slice(1, 10, 2), "abcdefgh"[piece])
matrix = [[1, 2, 3], [4, 5, 6]]
print(matrix[0][1:], [row[::-1] for row in matrix[::-1]], matrix[-1][-1], matrix[0:1][0][0])
matrix[0][1:], matrix[1][:1] = [9, 9], [8]
print(matrix)


def counts_slice_objects():
    class Counting(list):
        def __getitem__(self, key):
            keys.append(key)
            return super().__getitem__(key)

        def __setitem__(self, key, value):
            keys.append(key)
            super().__setitem__(key, value)

    keys = []
    values = Counting([1, 2, 3])
    values[0:2] += [9]
    values[1] += 1
    return values, [str(k) for k in keys]


print(counts_slice_objects())


def stars_in_annotation(*args: *(items,)) -> None: ...


print(stars_in_annotation.__annotations__["args"])
