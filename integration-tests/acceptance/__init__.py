"""Programs that check themselves, in every tier: does Tauraro compute what Python computes?

programs/            one line for each case, PASS or FAIL, and a total: `tauraro NAME.py`
test_acceptance.py   runs them all; each of their loops has to become native
"""
