"""The bytecode: one instruction table and all that derives from it.

    isa.py          the instruction table: opcode, operands, spans, effects, doc
    formats.py      the language its rows are written in
    operands.py     operands, destinations, variables
    module.py       the module in memory
    spans.py        how many source spans an instruction carries
    grammar.py      what may stand where: regions, statements, code objects
    names.py        identifiers
    constants.py    constants <-> bytes
    container.py    the header of a `.tbc` file
    wire.py         the shape of its payload
    messagepack.py  values <-> bytes of the payload
    encode.py       module -> `.tbc` bytes
    decode.py       `.tbc` bytes -> module, trusting nothing
    verify/         is this module a program? One pass: nesting, registers, tables
    text.py         the words of the text form
    disassemble.py  module -> text
    assemble.py     text -> module
    document.py     the table -> docs/isa.md
    depth.py        how deep trees may be
    records.py      named tuples and enumerations that are made quickly

What compiling takes (all but `verify`, text and documents) is loaded whenever a program runs
for the first time: it imports no library (docs/decisions/0005-cold-start.md).
"""
