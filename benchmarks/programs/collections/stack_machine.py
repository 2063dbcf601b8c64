"""An interpreter of a small stack machine: opcodes in a list, operands pushed and popped."""

import sys

SIZES = {"tiny": 200, "small": 300_000, "large": 2_400_000}

PUSH, ADD, MUL, SUB, LOAD, STORE, JUMP_IF, MOD = range(8)

# total = 0; while count: total = (total * 3 + count) % 1000003; count = count - 1
PROGRAM = [
    *(LOAD, 1, PUSH, 3, MUL, 0, LOAD, 0, ADD, 0, PUSH, 1000003, MOD, 0, STORE, 1),
    *(LOAD, 0, PUSH, 1, SUB, 0, STORE, 0, LOAD, 0, JUMP_IF, 0),
]


def execute(program, variables):
    stack = []
    position = 0
    executed = 0
    while position < len(program):
        operation = program[position]
        operand = program[position + 1]
        position += 2
        executed += 1
        if operation == LOAD:
            stack.append(variables[operand])
        elif operation == PUSH:
            stack.append(operand)
        elif operation == ADD:
            stack.append(stack.pop() + stack.pop())
        elif operation == MUL:
            stack.append(stack.pop() * stack.pop())
        elif operation == SUB:
            right = stack.pop()
            stack.append(stack.pop() - right)
        elif operation == MOD:
            right = stack.pop()
            stack.append(stack.pop() % right)
        elif operation == STORE:
            variables[operand] = stack.pop()
        elif stack.pop():
            position = operand
    return executed


def main(count):
    variables = [count, 0]
    executed = execute(PROGRAM, variables)
    print(f"{executed} instructions, total {variables[1]}")


if __name__ == "__main__":
    main(SIZES[sys.argv[1]])
