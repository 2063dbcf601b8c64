"""The bytecode: one instruction table and all that derives from it.

isa.py          the instruction table: opcode, operands, spans, effects, doc
operands.py     operands, destinations, variables
module.py       the module in memory
encode.py       module -> `.tbc` bytes
decode.py       `.tbc` bytes -> module, trusting nothing
verify.py       one pass: nesting, registers, tables
disassemble.py  module -> text
assemble.py     text -> module
document.py     the table -> docs/isa.md
"""
