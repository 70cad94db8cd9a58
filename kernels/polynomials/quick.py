#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes those coefficients of kernels/elementary_quick-inl.h and of what is made with it that
quick.sollya does not.

Each polynomial interpolates its function at the Chebyshev nodes of its interval, which is
within a factor of two or so of the best there is. A node may be moved: to where a slope has
its root, so that nothing of the polynomial's error is left there. Prints coefficients rounded
to double, and the largest relative error of the rounded polynomial.

Run:  /usr/bin/python3 kernels/polynomials/quick.py   (needs python3-mpmath)
"""
from mpmath import mp, mpf, erfc, exp, diff, findroot, log, sqrt, cos, pi
from mpmath import matrix, lu_solve

mp.dps = 60


def show(title, f, degree, low, high, exact_at=()):
    low, high = mpf(low), mpf(high)
    nodes = [(low + high) / 2
             + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * degree + 2))
             for i in range(degree + 1)]
    for x in exact_at:
        free = [node for node in nodes if node not in exact_at]
        nodes[nodes.index(min(free, key=lambda node: abs(node - x)))] = x
    system = matrix(degree + 1, degree + 1)
    for i, x in enumerate(nodes):
        for j in range(degree + 1):
            system[i, j] = x ** j
    rounded = [float(c) for c in lu_solve(system, matrix([f(x) for x in nodes]))]
    worst = mpf(0)
    for i in range(4001):
        x = low + (high - low) * i / 4000
        p = sum(c * x ** j for j, c in enumerate(rounded))
        worst = max(worst, abs(p / f(x) - 1))
    print(title, "2^%.1f" % float(log(worst, 2)))
    print("   ", ", ".join(c.hex() for c in rounded))


HALF = log(mpf(2)) / 2 * mpf("1.0001")


def reduced(x):  # what is left of an exponent beside the nearest multiple of ln 2
    return x - mp.nint(x / log(mpf(2))) * log(mpf(2))


def logistic(x):
    return 1 / (1 + exp(-x))


def inner(z):  # of gelu_tanh, twice
    return 2 * sqrt(2 / pi) * (z + mpf("0.044715") * z ** 3)


def mish(z):
    n = exp(z) * (exp(z) + 2)
    return z * n / (n + 2)


def root(f, near):
    return findroot(lambda z: diff(f, z), near)


ROOTS = [reduced(-root(lambda z: z * logistic(z), -1.28)),
         reduced(-inner(root(lambda z: z * logistic(inner(z)), -0.752))),
         reduced(root(mish, -1.19))]
show("e^r, exact where the slopes of silu, gelu_tanh and mish have their roots", exp, 9, -HALF,
     HALF, ROOTS)
A = mpf("4.5")


def tail(t):  # (x + a) e^(x^2 / 2) erfc(x / sqrt 2) / 2
    x = A * (1 + t) / (1 - t)
    return (x + A) * exp(x * x / 2) * erfc(x / sqrt(mpf(2))) / 2


x = -findroot(lambda z: diff(lambda y: y * erfc(-y / sqrt(mpf(2))), z), -0.75)
show("gelu", tail, 13, -1, (9 - A) / (9 + A), [(x - A) / (x + A)])
