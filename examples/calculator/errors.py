"""What can be wrong with an expression."""


class CalculatorError(Exception):
    """Base class: a message, and the column of the expression that it is about (from 0)."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.column = column

    def explain(self, text: str) -> str:
        """The expression with a caret under the place."""
        return f"{self.message}\n  {text}\n  {' ' * self.column}^"


class UnknownCharacter(CalculatorError):
    """The text holds a character that starts no token."""


class UnexpectedToken(CalculatorError):
    """The parser wanted something else here."""


class UnknownName(CalculatorError):
    """A variable or function without a value."""


class UndefinedResult(CalculatorError):
    """The operation has no result for these numbers (a division by zero, a root of -1)."""
