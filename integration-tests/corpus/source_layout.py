# -*- coding: utf-8 -*-
"""Unusual but legal layout: semicolons, continuations, tabs, comments, blank blocks, form feeds."""
import sys; x = 1; y = 2
if x: y = 3; z = 4
else: z = 5
for i in range(2): print(i, end=" "); print("same line")
while x: x -= 1; break
class Empty: pass
class OneLine(Empty): a = 1; b = 2; f = lambda self: self.a
def f(a,b = 2,*,c=3): return a+b+c
def g(): """Doc."""; return 1
print(f(1), g(), g.__doc__, OneLine().f(), z)
total = 1 + \
    2 + \
  3
print(total)
nested = [
  1,
        2, # a comment

    3,
  ]
print(nested,
      sep=''
      )
if (x == 0 and
        y == 3): # indented with a tab next
	print("tab")
if True:
  print("two spaces")
  if True:
         print("nine spaces")
try: 1/0
except ZeroDivisionError: pass
else: print("no")
finally: print("finally")
with open(__file__, encoding="utf-8") as s: first = s.readline()
print(first, end="")

# A form feed:


print("after the form feed")
def outer(
    a,
    # comment among the parameters
    b=(1,
       2),
    *args
    ,
    **kwargs,
):
    # only a comment

    # before the body
    return (a
            , b)
print(outer(1))
@staticmethod

# between decorator and function

def decorated(): return "decorated"
print(decorated())
def ellipsis_body(): ...
def only_docstring():
    """Only this."""
print(ellipsis_body(), only_docstring())
dictionary = {'a':1,'b':[1,2,],'c':(1,),}
print(dictionary["a"],dictionary ["b"] [0],dictionary . get ( "c" ))
print(1 if x else 2, [i for i in(1,2)if i>1], "a"if 1 else"b", not(1), -(1), (w:=3))
print("very " "long " # comment in between
      "string")
lambda_ = lambda:(yield)
assert(True)
del(x)
x=y=z=0;x,y=1,2;print(x,y,z);
if 1:
    if 2:
        pass
    else:
        pass
elif 3: pass
class Deep:
    class Deeper:
        class Deepest:
            def method(self):
                def inner():
                    return "deepest"
                return inner
print(Deep.Deeper.Deepest().method()())
value = (
    1
    if x
    else
    2
)
print(value); print(sys.argv[1:])
é = "unicode identifier"; ﬁ = "ligature"; print(é, fi, "ﬁ" in globals(), "fi" in globals())
ª, µ, 变量, Ω = 1, 2, 3, 4
print(a, μ, 变量, "µ" in globals())
print(*[1], *(2,), **{"sep": "-"})
pass; pass
"a string statement"; b"bytes"; 5; None; ...; [1, 2]
print(__doc__[:7]) # the last line has no newline
print("really the last")