#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the coefficients of GaussTail() in kernels/elementary-inl.h.

    r(x) = e^(x^2 / 2) * erfc(x / sqrt 2) / 2,  0 <= x <= 16

is smooth and falls like 1 / x. In t = (x - a) / (x + a), a = 3.5, a polynomial
of degree 24 interpolates it at the Chebyshev nodes of the interval of t; that
is within a factor of two or so of the best there is. Prints coefficients
rounded to double, and the largest relative error of the rounded polynomial.

Run:  /usr/bin/python3 kernels/polynomials/gauss_tail.py   (needs python3-mpmath)
"""
from mpmath import mp, mpf, erfc, exp, sqrt, cos, pi, matrix, lu_solve

mp.dps = 60
A, DEGREE, LAST = mpf("3.5"), 24, mpf(16)


def r(x):
    return exp(x * x / 2) * erfc(x / sqrt(mpf(2))) / 2


def x_of(t):
    return A * (1 + t) / (1 - t)


low, high = mpf(-1), (LAST - A) / (LAST + A)
nodes = [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * (DEGREE + 1)))
         for i in range(DEGREE + 1)]
system = matrix(DEGREE + 1, DEGREE + 1)
for i, t in enumerate(nodes):
    for j in range(DEGREE + 1):
        system[i, j] = t ** j
solution = lu_solve(system, matrix([r(x_of(t)) for t in nodes]))
rounded = [float(c) for c in solution]
for c in rounded:
    print(c.hex())
worst = mpf(0)
for i in range(4001):
    t = low + (high - low) * i / 4000
    value = sum(mpf(c) * t ** j for j, c in enumerate(rounded))
    worst = max(worst, abs(value / r(x_of(t)) - 1))
print("largest relative error: 2^%.2f" % mp.log(worst, 2))
