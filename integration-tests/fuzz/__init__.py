"""Damaged and hostile `.tbc` files: none crashes the process, leaves its bounds, or shows the VM's
insides.

programs/    what is compiled and then mutated
damage.py    truncations and flipped bits: always a BytecodeError
mutate.py    mutations whose digest is repaired
judge.py     what becomes of one mutant: rejected, or executed in tiers 0 and 1
worker.py    judges mutants in a child process with limits
campaign.py  hands mutants to workers, and notices how workers die
run.py       the command
"""
