"""doc"""
x = "a" 'b' f"c{d}" "e" f'{x!r}{y:>{w}.{p}}{z = }{ {1:2}[1] }' rf"\d{a}"
f"{x}"; f""; f"{f'{f"1"}'}" 
f"""
{a
}"""
b"x" b"y"; 1_000; 0x_ff; 1e400; -0.0; 1e400j; ...; -1 ** 2; (1, 2, (3, -4)); {1, 2, 3}; x in {1, 2}; x in [1, (2)]; 
"%s %r" % (a, b); "%s" % a; "a%sb%%" % (a,)
(not x); (a and b) and (c or d) or (e); a if (b) else (c)
a < b > c == d != (e < f); a is not b; not a in b; a not in b
f(*a, *b, c, d=1, **e, f=2, **g); f(a for a in b); f(*a); f(**a); f(*a, **b); f(x, *a, k=1); f(a, (b for b in c))
[*a, b]; (*a,); *a, b; {*a, *b}; {**a}; {'x': 1, **a, 'y': 2, 'z': 3, **b, **c}
x[*a]; x[*a, 1:2]; x[a:b, c]; x[()]; x[(a, b)]; x[1,]
[x for y in z for x in [y]]; [a := 1, b]; {a: b for a, b in c}; {(a, b) for a in b if c if d}
[lambda: i for i in range(3)]; [[j for j in i] for i in x]; [i for i in (lambda: [x])()]
