from ..ir.graph import Function


def optimize(function: Function) -> None:
    pass
