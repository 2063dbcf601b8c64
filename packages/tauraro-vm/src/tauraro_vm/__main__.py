"""`python -m tauraro_vm`: the command `tauraro`."""

from .cli import main

main()
