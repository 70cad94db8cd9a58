#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes coefficients of the fast versions of activations: those of FloatExpSplit(), and
the polynomials of slopes beside their roots (FloatRoot).

Remez's exchange, then coefficients are rounded to floats one after the other, the
others fitted anew each time. Prints each polynomial, and its largest error before and
after rounding. kernels/polynomials/floats.sollya makes the others.

Run:  /usr/bin/python3 kernels/polynomials/floats.py   (needs python3-mpmath; a minute)
"""
import struct
import sys

from mpmath import (mp, mpf, erfc, exp, sqrt, cos, pi, matrix, lu_solve, findroot, log)

mp.dps = 28


def f32(x): return struct.unpack('f',struct.pack('f',float(x)))[0]
def hexf(x): return float(x).hex()
def fit(f, n, lo, hi, weight=None, fixed=None, it=12):
    """Remez exchange for relative/weighted error: minimise |w (p - f)|; returns coefficients in mp, error."""
    lo,hi=mpf(lo),mpf(hi); w=weight or (lambda x: 1/f(x)); fixed=fixed or {}
    free=[i for i in range(n+1) if i not in fixed]; m=len(free)
    g=lambda x: f(x)-sum(fixed[i]*x**i for i in fixed)
    nodes=[(lo+hi)/2-(hi-lo)/2*cos(pi*k/m) for k in range(m+1)]
    for _ in range(it):
        A=matrix(m+1,m+1); b=matrix(m+1,1)
        for r,x in enumerate(nodes):
            for c,i in enumerate(free): A[r,c]=x**i
            A[r,m]=mpf(-1)**r/w(x); b[r]=g(x)
        s=lu_solve(A,b); c=[s[i] for i in range(m)]
        N=200; xs=[(lo+hi)/2-(hi-lo)/2*cos(pi*k/N) for k in range(N+1)]
        es=[w(x)*(sum(ci*x**i for ci,i in zip(c,free))-g(x)) for x in xs]
        # extrema by sign segments
        seg=[];cur=0
        for k in range(1,N+1):
            if es[k]*es[cur]<0: seg.append(cur);cur=k
            elif abs(es[k])>abs(es[cur]): cur=k
        seg.append(cur)
        while len(seg)>m+1:
            if abs(es[seg[0]])<abs(es[seg[-1]]): seg.pop(0)
            else: seg.pop()
        if len(seg)<m+1: break
        nodes=[xs[k] for k in seg]
    full=[mpf(0)]*(n+1)
    for i in fixed: full[i]=mpf(fixed[i])
    for ci,i in zip(c,free): full[i]=ci
    # round to float one by one, refitting the rest
    return full, max(abs(e) for e in es)
def fit32(f,n,lo,hi,weight=None,fixed=None):
    fixed=dict(fixed or {})
    full,err=fit(f,n,lo,hi,weight,fixed)
    for i in range(n+1):
        if i in fixed: continue
        fixed[i]=mpf(f32(full[i]))
        if i<n and len(fixed)<n+1: full,_=fit(f,n,lo,hi,weight,fixed,it=6)
    w=weight or (lambda x:1/f(x)); lo,hi=mpf(lo),mpf(hi)
    xs=[lo+(hi-lo)*k/400 for k in range(401)]
    e=max(abs(w(x)*(sum(fixed[i]*x**i for i in fixed)-f(x))) for x in xs)
    return [fixed[i] for i in range(n+1)],err,e
def show(name,r):
    c,err,e=r; print(name,"ideal 2^%.2f rounded 2^%.2f"%(float(log(err)/log(2)),float(log(e)/log(2)))); print("{"+", ".join(hexf(x)+"f" for x in c)+"}"); sys.stdout.flush()


def exponential(r):
    r = r if abs(r) > mpf(10)**-10 else mpf(10)**-10
    return (exp(r) - 1 - r) / r**2


def root(name, f, guess, radius, degree):
    at = findroot(f, guess)
    high = mpf(f32(at))
    print(name, "root", hexf(high), hexf(f32(at - high)))
    least = mpf(10)**-9

    def quotient(t):
        t = t if abs(t) > least else least
        return f(at + t) / t
    show(name, fit32(quotient, degree, -radius, radius))


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
show("exponential", fit32(exponential, 4, -END, END, lambda r: r * r + mpf("1e-4"),
                          {0: mpf(1) / 2}))
for each, guess in ((silu, -1.278), (gelu, -0.7518), (gelu_tanh, -0.7525)):
    root(each.__name__, each, guess, 0.25, 6)
root("mish", mish, -1.1925, 0.4, 8)
