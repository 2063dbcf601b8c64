"""Random programs that print the same under CPython and in every tier.

generate.py  a seed in, the source of a program out
compare.py   one program under CPython and under Tauraro in several modes
run.py       the command
"""
