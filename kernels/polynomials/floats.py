#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes coefficients of the fast versions of activations: those of FloatExpSplit(), and
the polynomials of slopes beside their roots (FloatRoot).

The least largest error by Lawson's iterated weights [Lawson 1961], then coefficients are
rounded to floats one after the other, the others fitted anew each time. Prints each
polynomial, and its largest error before and after rounding.
kernels/polynomials/floats.sollya makes the others.

Run:  /usr/bin/python3 kernels/polynomials/floats.py   (needs python3-mpmath; two minutes)
"""
import struct

from mpmath import mp, mpf, cos, erfc, exp, findroot, log, lu_solve, matrix, pi, sqrt

mp.dps = 28
POINTS, ROUNDS = 64, 25


def to_float(x):
    return mpf(struct.unpack("f", struct.pack("f", float(x)))[0])


def solve(points, values, scales, degree, fixed):
    """Coefficients of least largest |scale (p - value)|, those of `fixed` given."""
    free = [i for i in range(degree + 1) if i not in fixed]
    if not free:
        return fixed
    rest = [v - sum(c * x**i for i, c in fixed.items()) for x, v in zip(points, values)]
    powers = [[x**i for i in free] for x in points]
    weights = [mpf(1)] * len(points)
    for _ in range(ROUNDS):
        size = len(free)
        left, right = matrix(size, size), matrix(size, 1)
        for row, value, scale, weight in zip(powers, rest, scales, weights):
            share = weight * scale**2
            for i in range(size):
                right[i] += share * row[i] * value
                for j in range(size):
                    left[i, j] += share * row[i] * row[j]
        found = lu_solve(left, right)
        weights = [weight * abs(scale * (value - sum(c * p for c, p in zip(found, row))))
                   for row, value, scale, weight in zip(powers, rest, scales, weights)]
        total = sum(weights)
        weights = [weight / total for weight in weights]
    return fixed | dict(zip(free, found))


def show(name, f, degree, low, high, weight=None, fixed=None):
    """Fits f on [low, high] relatively, or by `weight`, and prints what comes out."""
    points = [(low + high) / 2 + (high - low) / 2 * cos(pi * (2 * i + 1) / (2 * POINTS))
              for i in range(POINTS)]
    values = [f(x) for x in points]
    scales = [weight(x) if weight else 1 / abs(v) for x, v in zip(points, values)]

    def error(coefficients):
        return max(abs(scale * (v - sum(c * x**i for i, c in coefficients.items())))
                   for x, v, scale in zip(points, values, scales))

    fixed = dict(fixed or {})
    ideal = error(solve(points, values, scales, degree, fixed))
    for i in range(degree + 1):
        if i not in fixed:
            fixed[i] = to_float(solve(points, values, scales, degree, fixed)[i])
    print(name, "ideal 2^%.2f" % log(ideal, 2), "rounded 2^%.2f" % log(error(fixed), 2))
    print("{" + ", ".join(float(fixed[i]).hex() + "f" for i in range(degree + 1)) + "}", flush=True)


def exponential(r):
    r = r if abs(r) > mpf(10)**-10 else mpf(10)**-10
    return (exp(r) - 1 - r) / r**2


def root(f, guess, radius, degree):
    """The slope f beside its root: f(root + t) / t for |t| <= radius."""
    at = findroot(f, guess)
    high = to_float(at)
    print(f.__name__, "root", float(high).hex(), float(to_float(at - high)).hex())
    show(f.__name__, lambda t: f(at + t) / t, degree, -mpf(radius), mpf(radius))


def silu(z):
    s = 1 / (1 + exp(-z))
    return s * (1 + z * (1 - s))


def gelu(z):
    return erfc(-z / sqrt(mpf(2))) / 2 + z * exp(-z * z / 2) / sqrt(2 * pi)


def gelu_tanh(z):
    k, c = sqrt(2 / pi), mpf("0.044715")
    s = 1 / (1 + exp(-2 * k * (z + c * z**3)))
    return s + z * s * (1 - s) * 2 * k * (1 + 3 * c * z * z)


def mish(z):
    e = exp(z)
    n = e * (e + 2)
    return n / (n + 2) + 4 * z * e * (e + 1) / (n + 2)**2


END = mpf("0.3471")
show("exponential", exponential, 4, -END, END, lambda r: r * r + mpf("1e-4"), {0: mpf(1) / 2})
root(silu, -1.278, "0.145", 4)
root(gelu, -0.7518, "0.19", 5)
root(gelu_tanh, -0.7525, "0.15", 5)
root(mish, -1.1925, "0.25", 6)
