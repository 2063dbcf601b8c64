@a
@b.c(
 d)
@(e := f)
class C(A, *B, metaclass=M, **kw):
    "doc"
    x: int
    (y): int = 1
    z.w: str
    z[1]: str = 2
    @property
    def f(self): return super().f, __class__
    global q; q = 1
    def n(self):
        """doc"""
        nonlocal_ = 1
        def inner():
            nonlocal nonlocal_
            nonlocal_ += 1
            return nonlocal_
def h(): "only doc"
def h2(): u"only doc"
def h3(): b"no doc"
def h4(): f"no {doc}"
class E: ...
if True:
    x: int = 1
