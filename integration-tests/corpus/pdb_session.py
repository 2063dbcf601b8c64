"""pdb: breakpoints, conditions, steps, frames, changed variables, jumps; some of the code was hot."""

import io
import os
import pdb
import sys


def total(n):
    result = 0
    for i in range(n):
        if i % 3 == 0:
            result += i
        else:
            result -= 1
    return result


def fact(n):
    if n <= 1:
        return 1
    return n * fact(n - 1)


class Counter:
    def __init__(self):
        self.count = 0

    def add(self, values):
        for value in values:
            self.count += value
        return self.count


def gen(n):
    while n:
        yield n
        n -= 1


def main():
    print(total(10), fact(5))
    c = Counter()
    c.add([1, 2, 3])
    print(c.count, sum(gen(4)), [x * x for x in range(5)])
    try:
        [1][2]
    except IndexError as error:
        print(error)
    with open(__file__) as f:
        for line in f:
            if line.startswith("def"):
                print(line.strip())
    for k in range(50):
        total(k)
    return 0


SESSION = """\
break total
break fact
continue
args
next
next
next
next
next
p i, result
step
where
up
p n if 'n' in dir() else 0
down
tbreak 14
continue
p sorted(locals().items())
!result = 100
next
next
p result
return
step
clear 1
continue
where
continue
continue
clear 2
break 30, value == 2
continue
p value, self.count
until
until
break gen
continue
next
next
next
step
display n
next
next
undisplay n
clear 4
unknown_name
!x = 3
p x
break 53
continue
continue
p k
jump 51
next
next
continue
clear 6
continue
"""
main()


class Shown(io.StringIO):
    """Standard output without the folder of this file."""

    def write(self, text):
        return sys.stdout.write(text.replace(FOLDER, ""))


FOLDER = os.path.dirname(os.path.abspath(__file__)) + os.sep
debugger = pdb.Pdb(stdin=io.StringIO(SESSION), stdout=Shown(), nosigint=True, readrc=False)
debugger.use_rawinput = 0
debugger.runcall(main)
main()
print("end")
