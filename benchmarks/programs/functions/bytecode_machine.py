"""An interpreter of a small bytecode: registers, jumps, and a chain of comparisons by opcode."""

import sys

SIZES = {"tiny": (100, 1), "small": (2_000, 450), "large": (2_000, 3_600)}

LOAD, ADD, SUB, MUL, MOD, LESS, JUMP, JUMP_IF, MOVE, HALT = range(10)

# Sums i * i % 7 for i below the limit in register 0.
PROGRAM = [
    (LOAD, 1, 0, 0),  # i
    (LOAD, 2, 0, 0),  # total
    (LOAD, 3, 1, 0),
    (LOAD, 4, 7, 0),
    (LESS, 5, 1, 0),
    (JUMP_IF, 5, 7, 0),
    (HALT, 2, 0, 0),
    (MUL, 6, 1, 1),
    (MOD, 6, 6, 4),
    (ADD, 2, 2, 6),
    (SUB, 7, 2, 6),
    (MOVE, 8, 7, 0),
    (ADD, 1, 1, 3),
    (JUMP, 4, 0, 0),
]


def execute(program, limit):
    registers = [0] * 10
    registers[0] = limit
    pc = 0
    steps = 0
    while True:
        op, a, b, c = program[pc]
        pc += 1
        steps += 1
        if op == LOAD:
            registers[a] = b
        elif op == ADD:
            registers[a] = registers[b] + registers[c]
        elif op == SUB:
            registers[a] = registers[b] - registers[c]
        elif op == MUL:
            registers[a] = registers[b] * registers[c]
        elif op == MOD:
            registers[a] = registers[b] % registers[c]
        elif op == LESS:
            registers[a] = 1 if registers[b] < registers[c] else 0
        elif op == JUMP:
            pc = a
        elif op == JUMP_IF:
            if registers[a]:
                pc = b
        elif op == MOVE:
            registers[a] = registers[b]
        else:
            return registers[a], steps


def main(limit, times):
    results = steps = 0
    for k in range(times):
        result, count = execute(PROGRAM, limit + k)
        results += result
        steps += count
    print(f"{results} in {steps} steps")


if __name__ == "__main__":
    main(*SIZES[sys.argv[1]])
