"""Tier 1: host code regenerated from the decoded bytecode.

translate.py              the translator of one code object: registers, operands, statements
translate_expressions.py  values
translate_targets.py      stores, deletions, annotations
translate_control.py      statement regions, imports
translate_patterns.py     match
translate_definitions.py  functions, classes, type parameters
compile.py                AST -> host code object
"""
