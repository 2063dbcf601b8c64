"""Range-check elimination: an index that counts from a lower to an upper bound is tested once,
before the loop.

    b1:                                                b1:
        jump b2(%zero, %n)                                 %9:i1 = int_le %n, %size
    b2(%next:i64, %left:i64):                              guard %9 else x5
        %1:i1 = int_le %left, %zero                        jump b2(%zero, %n)
        branch %1 b4 b3                                b2(%next:i64, %left:i64):
    b3:                                                    %1:i1 = int_le %left, %zero
        %2:i1 = int_lt %next, %zero                        branch %1 b4 b3
        %3:i64 = add %next, %size              ->      b3:
        %4:i64 = select_int %2, %3, %next                  %6:ptr = item %items, %next
        %5:i1 = uint_lt %4, %size                          ...
        guard %5 else x0
        %6:ptr = item %items, %4
        ...

Counters are what `for i in range(...)` makes (a next value that grows by a constant step, and a
number of items left that goes down by one), and what `while i < n` makes with `i += 1`. Indexes
are a counter plus a constant. A test is moved only if every round makes it and the loop has no
other end, so that it would fail in some round; if it is known to hold it is just dropped.
"""

from __future__ import annotations

from ..ir.graph import Block, Branch, Function, Leave, Operation, Value
from ..ir.ops import Op
from ..ir.types import I64
from .constants import Constants
from .loops import ExitBefore, Loop, Loops
from .replacement import Replacements, substitute

ADDITIONS = {Op.ADD, Op.ADD_CHECKED}
SUBTRACTIONS = {Op.SUB, Op.SUB_CHECKED}
UNCHECKED = {Op.ADD_CHECKED: Op.ADD, Op.SUB_CHECKED: Op.SUB}
ASKING = {Op.POLL, Op.RELEASE}
"""Whether the interpreter has to do something."""


class Counter:
    """A loop's counter: its parameter, its first value, and where it is below `end`: in the blocks
    that `body` dominates. Where `end` is not a value yet it is first + count."""

    __slots__ = ("body", "count", "end", "first", "value")

    def __init__(
        self, value: Value, first: Value, end: Value | None, count: Value, body: Block
    ) -> None:
        self.value = value
        self.first = first
        self.end = end
        self.count = count
        self.body = body


def eliminate_range_checks(function: Function, loops: Loops, constants: Constants) -> bool:
    """Outer loops first: their counters bound the first values of inner ones. Whether anything
    was changed."""
    if not loops.found:
        return False
    ranges = Ranges(function, loops, constants)
    for loop in reversed(loops.found):
        ranges.loop(loop)
    constants.place()
    substitute(function, ranges.replacements)
    return ranges.changed


class Ranges:
    """The counters of one function. `least` maps values to constants that they never go below."""

    def __init__(self, function: Function, loops: Loops, constants: Constants) -> None:
        self.function, self.constants = function, constants
        self.dominators, self.made_by = loops.dominators, loops.made_by
        self.least: dict[int, int] = {}
        self.replacements = Replacements()
        self.changed = False

    def loop(self, loop: Loop) -> None:
        """Find the loop's counters and the tests of indexes that they make."""
        counters = {counter.value.number: counter for counter in self.counters(loop)}
        if not counters:
            return
        tests = Tests(self, loop)
        always = {block.number for block in loop.each_round(self.dominators)}
        always = always if self.ends_at_header(loop) else set()
        for block in loop.blocks:
            kept = []
            for operation in block.operations:
                if operation.op is Op.GUARD:
                    test = self.made_by.get(operation.args[0].number)
                    if test is not None and test.op is Op.UINT_LT:
                        found = self.index(test.args[0], counters)
                        if (
                            found is not None
                            and self.dominators.dominates(found[0].body, block)
                            and tests.holds(*found, test, block.number in always)
                        ):
                            self.changed = True
                            self.relax(found[2])
                            continue
                kept.append(operation)
            block.operations = kept

    def relax(self, index: Value) -> None:
        """A sum that is an index in each round cannot overflow."""
        made = self.made_by.get(index.number)
        if made is not None and made.op in UNCHECKED:
            made.op, made.exit = UNCHECKED[made.op], None

    def ends_at_header(self, loop: Loop) -> bool:
        """Whether the loop has no `break`: all other ways out only leave the region for the
        interpreter."""
        numbers = {block.number for block in loop.blocks}
        for block in loop.blocks:
            if block is loop.header:
                continue
            if isinstance(block.terminator, Leave):
                return False
            for jump in block.successors():
                if jump.target.number not in numbers:
                    asked = block.operations and block.operations[-1].op in ASKING
                    if not asked or not isinstance(jump.target.terminator, Leave):
                        return False
        return True

    # --- counters

    def counters(self, loop: Loop) -> list[Counter]:
        """The parameters of the header that count."""
        branch = loop.header.terminator
        if not isinstance(branch, Branch):
            return []
        test = self.made_by.get(branch.condition.number)
        if test is None or len(test.args) != 2:
            return []
        steps = {p.number: self.step(loop, i) for i, p in enumerate(loop.header.params)}
        found = []
        for position, param in enumerate(loop.header.params):
            step = steps[param.number]
            if step is None or step <= 0:
                continue
            counter = self.bound(loop, test, branch, position, step, steps)
            if counter is None or self.dominators.predecessors[counter.body.number] != [
                loop.header
            ]:
                continue
            least = self.lower_bound(counter.first)
            if least is not None:
                self.least[param.number] = least
            found.append(counter)
        return found

    def step(self, loop: Loop, position: int) -> int | None:
        """The constant that each round adds to a parameter."""
        param = loop.header.params[position]
        steps = {self.offset(jump.args[position], param) for jump in loop.back_edges()}
        return steps.pop() if len(steps) == 1 else None

    def offset(self, value: Value, base: Value) -> int | None:
        """The constant c of value = base + c."""
        made = self.made_by.get(value.number)
        if made is None or len(made.args) != 2:
            return None
        left, right = made.args
        constant = self.constants.values.get(right.number)
        if left is base and isinstance(constant, int):
            if made.op in ADDITIONS:
                return constant
            return -constant if made.op in SUBTRACTIONS else None
        constant = self.constants.values.get(left.number)
        if right is base and isinstance(constant, int) and made.op in ADDITIONS:
            return constant
        return None

    def bound(
        self,
        loop: Loop,
        test: Operation,
        branch: Branch,
        position: int,
        step: int,
        steps: dict[int, int | None],
    ) -> Counter | None:
        """The counter of a parameter, if the header's test bounds it."""
        left, right = test.args
        param, first = loop.header.params[position], loop.entry.args[position]
        if left is param and right.number not in loop.inside:
            if test.op is Op.INT_LT:
                return Counter(param, first, right, right, branch.then.target)
            if test.op is Op.INT_GE:
                return Counter(param, first, right, right, branch.otherwise.target)
        if test.op is not Op.INT_LE or steps.get(left.number) != -1:
            return None
        if self.constants.values.get(right.number) != 0:
            return None
        index = next(i for i, p in enumerate(loop.header.params) if p is left)
        count = loop.entry.args[index]
        end = self.range_end(first, count, step)
        if end is None and step != 1:
            return None
        return Counter(param, first, end, count, branch.otherwise.target)

    def range_end(self, first: Value, count: Value, step: int) -> Value | None:
        """What `count` values from `first` on stay below, if it is at hand: the `stop` of
        range(first, stop, step)."""
        known = self.constants.values
        if step == 1 and known.get(first.number) == 0:
            return count
        made = self.made_by.get(count.number)
        if made is not None and made.op is Op.FLOOR_DIV and step > 1:
            up = self.made_by.get(made.args[0].number)
            if known.get(made.args[1].number) != step or up is None:
                return None
            if up.op is not Op.ADD_CHECKED or known.get(up.args[1].number) != step - 1:
                return None
            if known.get(first.number) == 0:
                return up.args[0]
            made = self.made_by.get(up.args[0].number)
        elif step != 1:
            return None
        if made is not None and made.op is Op.SUB_CHECKED and made.args[1] is first:
            return made.args[0]
        return None

    # --- indexes

    def lower_bound(self, value: Value) -> int | None:
        """A constant that a value never goes below."""
        known = self.constants.values.get(value.number)
        if isinstance(known, int):
            return known
        if value.number in self.least:
            return self.least[value.number]
        made = self.made_by.get(value.number)
        if made is None:
            return None
        if made.op in (Op.LIST_SIZE, Op.BUFFER_SIZE, Op.BOOL_TO_INT):
            return 0
        if made.op is Op.ADD_CHECKED:
            least = [self.lower_bound(argument) for argument in made.args]
            if least[0] is not None and least[1] is not None:
                return least[0] + least[1]
        return None

    def index(
        self, value: Value, counters: dict[int, Counter]
    ) -> tuple[Counter, int, Value] | None:
        """The counter and the constant that an index is made of, and the sum itself; negative
        indexes that count from the end aside."""
        plain = self.plain(value)
        counter = counters.get(plain.number)
        if counter is not None:
            return counter, 0, plain
        made = self.made_by.get(plain.number)
        if made is not None and made.op in (Op.ADD_CHECKED, Op.SUB_CHECKED):
            for argument in made.args:
                counter = counters.get(argument.number)
                if counter is not None:
                    offset = self.offset(plain, counter.value)
                    return None if offset is None else (counter, offset, plain)
        return None

    def plain(self, value: Value) -> Value:
        """i of `i < 0 ? i + size : i`."""
        made = self.made_by.get(value.number)
        if made is None or made.op is not Op.SELECT_INT:
            return value
        condition, _, otherwise = made.args
        test = self.made_by.get(condition.number)
        if test is None or test.op is not Op.INT_LT or test.args[0] is not otherwise:
            return value
        return otherwise if self.constants.values.get(test.args[1].number) == 0 else value


class Tests:
    """Proves the tests of one loop's indexes, and moves those that cannot be proved in front of
    the loop."""

    def __init__(self, ranges: Ranges, loop: Loop) -> None:
        self.ranges, self.loop = ranges, loop
        self.constants = ranges.constants
        self.exit = ExitBefore(ranges.function, loop)
        self.known: dict[tuple[object, ...], Value] = {}

    def holds(
        self, counter: Counter, offset: int, index: Value, test: Operation, always: bool
    ) -> bool:
        """Whether 0 <= counter + offset < size in every round, after a guard before the loop if
        need be. The index is then the plain sum."""
        tested, size = test.args
        if size.number in self.loop.inside:
            return False
        least = self.ranges.lower_bound(counter.first)
        low = least is not None and least + offset >= 0
        high = counter.end is size and offset <= 0
        if not (low and high):
            if not always or (least is not None and not low) or not self.exit.exists():
                return False
            if not low:
                self.guard(Op.INT_GE, counter.first, self.constants.get(I64, -offset))
            if not high:
                end = counter.end or self.emit(Op.ADD_CHECKED, counter.first, counter.count)
                if offset:
                    end = self.emit(Op.ADD_CHECKED, end, self.constants.get(I64, offset))
                self.guard(Op.INT_LE, end, size)
        if tested is not index:
            self.ranges.replacements.replace(tested, index)
        return True

    def emit(self, op: Op, left: Value, right: Value) -> Value:
        """An operation before the loop, once."""
        key = (op, left.number, right.number)
        found = self.known.get(key)
        if found is None:
            assert op.result is not None
            found = self.known[key] = self.ranges.function.value(op.result)
            exit_ = self.exit.take() if op.checked else None
            operation = Operation(op, (left, right), found, None, exit_)
            self.ranges.made_by[found.number] = operation
            self.loop.preheader.operations.append(operation)
        return found

    def guard(self, op: Op, left: Value, right: Value) -> None:
        """A guard before the loop, once."""
        key = ("guard", op, left.number, right.number)
        if key not in self.known:
            condition = self.known[key] = self.emit(op, left, right)
            guard = Operation(Op.GUARD, (condition,), None, None, self.exit.take())
            self.loop.preheader.operations.append(guard)
