from . import sibling
from .. import VERSION, greet
from ..deep.sibling import value as sibling_value
from .sibling import value


def relative():
    from .. import deep
    from . import sibling as again

    return VERSION, value == sibling_value, again is sibling, deep.__name__


def chain():
    import toolbox.deep.leaf

    return toolbox.deep.leaf.__name__, greet("leaf")
