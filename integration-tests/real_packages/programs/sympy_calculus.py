"""sympy: integrals, limits, series, equations, matrices, polynomials, number theory."""

from sympy import (
    Eq,
    Function,
    I,
    Matrix,
    Poly,
    Rational,
    Symbol,
    apart,
    cos,
    diff,
    dsolve,
    exp,
    expand,
    factor,
    factorint,
    gcd,
    groebner,
    integrate,
    isprime,
    lambdify,
    latex,
    limit,
    linsolve,
    log,
    nsolve,
    oo,
    pi,
    primerange,
    roots,
    series,
    simplify,
    sin,
    solve,
    sqrt,
    summation,
    symbols,
    tan,
    trigsimp,
)  # fmt: skip

x, y, z = symbols("x y z")
n, k = symbols("n k", integer=True)


def integrals() -> None:
    for function in (
        x**2 * exp(-x), sin(x) ** 3, 1 / (x**3 + 1), log(x) ** 2, x * tan(x) ** 2,
        sqrt(1 - x**2), exp(x) * cos(2 * x), (x + 1) / (x**2 + 2 * x + 5), 1 / (1 + exp(x)),
    ):  # fmt: skip
        result = integrate(function, x)
        print(function, "->", result, "|", simplify(diff(result, x) - function))
    print(integrate(exp(-(x**2)), (x, -oo, oo)), integrate(sin(x) / x, (x, 0, oo)))
    print(integrate(x * y, (y, 0, x), (x, 0, 1)), integrate(1 / x**2, (x, 1, oo)))


def analysis() -> None:
    print(limit(sin(x) / x, x, 0), limit((1 + 1 / x) ** x, x, oo), limit(x * log(x), x, 0, "+"))
    print(series(exp(sin(x)), x, 0, 8))
    print(summation(1 / k**2, (k, 1, oo)), summation(k**3, (k, 1, n)))
    f = Function("f")
    print(dsolve(Eq(f(x).diff(x, 2) + 4 * f(x), sin(x)), f(x)))
    print(diff(exp(x**2) * sin(x * y), x, 2, y))


def algebra() -> None:
    print(solve(x**4 - 5 * x**2 + 4, x), solve([x + y - 3, x * y - 2], [x, y]))
    print(linsolve([x + y + z - 6, 2 * y + 5 * z + 4, 2 * x + 5 * y - z - 27], (x, y, z)))
    print(factor(x**12 - 1), apart((x**2 + 3) / (x**3 - x)), expand((x + y + 1) ** 5))
    print(trigsimp(sin(x) ** 4 + 2 * sin(x) ** 2 * cos(x) ** 2 + cos(x) ** 4))
    print(roots(Poly(x**3 - 6 * x**2 + 11 * x - 6, x)), gcd(x**4 - 1, x**6 - 1))
    print(groebner([x**2 + y**2 - 1, x - y], x, y, order="lex"))
    print(nsolve(cos(x) - x, x, 1), sqrt(8), (3 + 4 * I) * (1 - I), expand((2 + I) ** 7))
    print(latex(integrate(1 / (x**2 + 1), x) + Rational(22, 7)), pi.evalf(60))


def matrices() -> None:
    matrix = Matrix(4, 4, lambda i, j: Rational(1, i + j + 1))
    print(matrix.det(), matrix.inv())
    other = Matrix([[2, 1, 0], [1, 3, 1], [0, 1, 2]])
    print(other.eigenvals(), other.charpoly(x), other.rref(), other.nullspace())
    p, d = other.diagonalize()
    print(simplify(p * d * p.inv() - other))


def numbers() -> None:
    print(factorint(2**67 - 1), isprime(2**89 - 1), list(primerange(900, 1000)))
    function = lambdify(x, sin(x) ** 2 + x * exp(-x), "math")
    print(sum(function(i / 1000) for i in range(5000)))


def main() -> None:
    Symbol("unused")
    integrals()
    analysis()
    algebra()
    matrices()
    numbers()


if __name__ == "__main__":
    main()
