"""Plain Python, without tensors: printed text, error type and error text equal CPython's."""
from __future__ import annotations

import pytest

from tests.interpreter.oracle import by_python, by_us

FUNCTIONS = """
def f(a, b=2, *rest, c, d=4, **others): return a, b, rest, c, d, others
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6))
---
def f(a, /, b, *, c): return a + b + c
print(f(1, b=2, c=3))
---
def f(a, /): pass
f(a=1)
---
def f(a, b): pass
f(1)
---
def f(a, b, c): pass
f()
---
def f(): pass
f(1)
---
def f(a): pass
f(1, 2)
---
def f(a, b=1): pass
f(1, 2, 3)
---
def f(*, k): pass
f()
---
def f(*, k, j): pass
f()
---
def f(a): pass
f(1, a=2)
---
def f(a): pass
f(b=2)
---
def f(a, *, k=1): pass
f(1, 2, k=3)
---
def outer():
    def inner(x): pass
    inner()
outer()
---
def f(x=[]):
    x.append(1)
    return x
print(f(), f(), f([0]))
---
def f(): return
print(f(), (lambda: 3)(), (lambda x, *y: (x, y))(1, 2, 3))
---
def twice(g):
    def run(*a, **k):
        return g(*a, **k) * 2
    return run
@twice
@twice
def f(x, y=1): return x + y
print(f(1), f(1, y=2), f.__name__)
---
def f(x):
    "doc"
    return x
print(f.__doc__, f.__name__)
---
def fact(n): return 1 if n < 2 else n * fact(n - 1)
print(fact(20))
---
args = (1, 2); kw = {'c': 3}
def f(a, b, c): print(a, b, c)
f(*args, **kw); f(*[1], 2, **kw); f(1, *(2,), c=5)
---
def f(a): pass
f(*5)
---
def f(a): pass
f(**5)
---
f = 3
f()
---
def f(n: int, m: "undefined_name" = 3) -> undefined_too: return n + m
x: int = 4
y: undefined_three
print(f(1), x)
---
def f():
    return x
x = 5
print(f())
---
def f(): print(undefined_thing)
f()
---
def gen(): return (i * i for i in range(3))
print(list(gen()), sum(gen()), any(i > 3 for i in range(5)), all(i < 3 for i in range(5)))
---
fs = [lambda: i for i in range(3)]
print([f() for f in fs])
---
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])
---
def f(a, b): return a - b
print(f(b=1, a=5), max([3, 1, 2], key=lambda v: -v), sorted('bca', reverse=True))
---
print((lambda a, b=2, *c, d, **e: (a, b, c, d, e))(1, d=3, z=4))
---
def f(a, a): pass
---
return 3
---
def f(): break
---
continue
---
class A:
    return 1
---
f(a=1, a=2)
---
nonlocal x
---
def f():
    nonlocal x
---
def f(x):
    global x
---
def f():
    x = 1
    global x
---
def f():
    print(x)
    global x
---
*a, *b = [1]
---
*a = [1]
---
try: pass
except: pass
except ValueError: pass
---
print(*[1], sep='-')
x = *[1, 2], 3
print(x)
---
[(yy := 1) for yy in range(3)]
---
class A:
    x = [(z := 1) for _ in range(2)]
"""

SCOPES = """
def counter():
    c = 0
    def inc(by=1):
        nonlocal c
        c += by
        return c
    return inc
k = counter(); k(); print(k(), k(5))
---
x = 1
def f():
    print(x)
    x = 2
f()
---
x = 1
def f():
    global x
    x = 2
f(); print(x)
---
def f():
    if False: y = 1
    def g(): return y
    return g()
f()
---
x = 1
class A:
    x = 2
    y = [x for _ in range(2)]
    def f(self): return x
print(A.y, A().f(), A.x)
---
def f():
    x = 'enclosing'
    class A:
        print(x)
        x = 'class'
        print(x)
f()
---
print([y := 3, y ** 2], y)
---
def f():
    total = [last := i for i in range(4)]
    return total, last
print(f())
---
i = 9
print([i for i in range(3)], i, {i: j for i in range(2) for j in range(2)}, {i % 2 for i in range(5)})
---
print([(a, b) for a in range(3) if a for b in range(a) if b != 1])
---
x = 3
del x
print(x)
---
def f():
    x = 1
    del x
    return x
f()
---
def f():
    for i in range(3): pass
    return i
print(f())
---
try:
    1 / 0
except ZeroDivisionError as e:
    pass
print(e)
---
def outer():
    def a(): return b()
    def b(): return 7
    return a()
print(outer())
---
_ = 3; __x = 4; _prev = 5
print(_, __x, _prev, __name__)
---
def f():
    import math as m
    from math import pi, sqrt as root
    return m.floor(pi), root(16)
print(f())
"""

FLOW = """
for i in range(5):
    if i == 1: continue
    if i == 3: break
    print(i)
else: print('none')
for i in range(2): pass
else: print('else', i)
n = 3
while n:
    n -= 1
    if n == 5: break
else: print('done', n)
---
x = 5
if x < 3: print('a')
elif x < 5: print('b')
elif x < 7: print('c')
else: print('d')
---
a = b = [1]; b += [2]; print(a, a is b)
a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d)
[p, q] = 'xy'; print(p, q)
*r, s = range(4); print(r, s)
---
a, b = 1,
---
a, b = 1, 2, 3
---
a, *b, c = 1,
---
a, b = 5
---
for a, b in [(1, 2), (3,)]: print(a, b)
---
x = 1 if 0 else 2
print(x, 1 < 2 < 3, 1 < 3 < 2, 1 == 1.0, not 1, 1 and 0, 0 or 'x', None is None, 1 in [1], 2 not in [1])
---
for k in 5: pass
---
d = {1: 2}
for k in d: d[k + 1] = 3
---
x = [1, 2, 3]
for v in x:
    if v < 3: x.append(9)
print(x)
---
assert 1 == 1
assert 1 == 2, 'why ' + 'not'
---
assert []
---
x = 10
x += 1; x -= 2; x *= 3; x //= 2; x **= 2; x %= 100; x |= 1; x &= 7; x ^= 2; x <<= 3; x >>= 1
print(x)
y = 7; y /= 2; print(y)
---
x = [1, 2, 3, 4]
x[1:3] = 'abc'; print(x)
del x[0], x[-1]; print(x)
x[0] += 'z'; print(x)
---
x = 'a'
x += 1
---
x = 1
x += 'a'
---
x = (1, 2)
x[0] = 3
---
x = 3
x[0]
---
x = 3
x.y = 4
---
x = None
x.grad.zero_()
---
x = 'abc'; x.foo
---
x = 1; x.foo()
---
pass; ...; 'docstring'; 3
"""

ERRORS = """
raise ValueError
---
raise ValueError('a', 2)
---
raise KeyError('k')
---
raise 3
---
raise
---
try: raise ValueError('x')
except (TypeError, ValueError) as e: print(repr(e), str(e), e.args, type(e).__name__, type(e))
else: print('else')
finally: print('finally')
---
try: pass
except ValueError: print('no')
else: print('else')
finally: print('finally')
---
def f():
    try: return 1
    finally: print('f')
print(f())
def g():
    for i in range(3):
        try: continue
        finally: print(i)
    while True:
        try: break
        finally: print('b')
    try: return 1
    finally: return 2
print(g())
---
try:
    try: 1 / 0
    finally: print('inner')
except ZeroDivisionError as e: print('outer', e)
---
try: {}['k']
except KeyError as e: print(e, e.args)
---
try: int('x')
except Exception as e: print(type(e).__name__, e)
---
class E(Exception): pass
class F(E):
    def __init__(self, code): self.code = code
try: raise F(3)
except E as e: print(e.code, isinstance(e, Exception), repr(e))
raise E('mine', 1)
---
class E(ValueError):
    def __init__(self, a):
        super().__init__(f'got {a}')
        self.a = a
try: raise E(5)
except ValueError as e: print(e, e.a, e.args)
---
try: raise ValueError('first')
except ValueError:
    try: raise TypeError('second') from None
    except TypeError as e: print(e)
    raise
---
try: 1 / 0
except ValueError: print('no')
---
try: 1 / 0
except 3: pass
---
try: undefined
except NameError as e: print(e)
---
def f():
    try: x
    except UnboundLocalError as e: print(e)
    x = 1
f()
---
try: raise NotImplementedError('todo')
except RuntimeError as e: print(e)
---
class C:
    def __enter__(self): print('in'); return self
    def __exit__(self, kind, value, trace): print('out', kind, value); return True
with C() as c: 1 / 0
with C(), C() as d: print('body')
---
class C:
    def __enter__(self): return 5
    def __exit__(self, *a): print(a[0])
with C() as c: raise ValueError('through')
---
try: [].append()
except TypeError as e: print(e)
---
try: len(1, 2)
except TypeError as e: print(e)
---
raise StopIteration
---
print(next(iter([1])), next(iter([]), 'd'))
next(iter([]))
"""

ARITHMETIC = """
print(7 // 2, -7 // 2, 7 % 3, -7 % 3, 2 ** 10, 2 ** -1, 7 / 2, 1e3, 0.1 + 0.2, 1 / 3, 10 ** 20, True + True, ~5, -5, +5)
print(5 & 3, 5 | 3, 5 ^ 3, 1 << 4, 256 >> 3, 1.5 // 1, 5.5 % 2, 0x1f, 0b11, 1_000, 1e400, -1e400, float('nan'))
---
print(1 / 0)
---
print(1 // 0)
---
print(1 % 0)
---
print(1.0 / 0)
---
print(1.0 // 0)
---
print(0 ** -1)
---
print(1.5 << 2)
---
print(1 << -1)
---
print(2.0 ** 10000)
---
print(1 + 'a')
---
print('a' + 1)
---
print([1] + (2,))
---
print((1,) + [2])
---
print('a' * 2, 3 * [0], (1,) * 2, [1] + [2], 'a' 'b', 'a' < 'b', [1, 2] < [1, 3], (1,) < (1, 0))
---
print('a' * 'b')
---
print([1] * 2.0)
---
print(1 < 'a')
---
print([1] < (1,))
---
print(-'a')
---
print(~1.5)
---
print({1} - {2}, {1, 2} & {2}, {1} | {2} == {1, 2}, {1} ^ {1, 2}, {1: 2} | {3: 4})
---
print(None + 1)
---
print(1 @ 2)
---
print('%d %5.2f %s %r %x %%' % (3, 2.5, 'a', 'b', 255), '%s' % 5, '%(a)s' % {'a': 1}, '%-5d|%05d|%+d' % (1, 2, 3))
---
print('%d' % 'a')
---
print('%d %d' % 1)
---
print('%d' % (1, 2))
---
print('%q' % 1)
---
print('%f' % None)
---
print(abs(-3), abs(-2.5), round(2.5), round(3.14159, 2), round(1234, -2), min(3, 1), max([1, 5, 2]), sum([1, 2], 10))
print(min('b', 'a', key=ord), max([], default=0), pow(2, 3), pow(2, 3, 5), divmod(7, 2), min([2, 1]))
---
print(max([]))
---
print(max())
---
print(sum(['a']))
---
print(sum(['a'], ''))
---
print(int('12'), int(3.9), int('ff', 16), int(True), float('1.5'), float(2), str(1.0), bool([]), bool('a'), int(' 3 '))
---
print(int('1.5'))
---
print(int([]))
---
print(float('x'))
---
print(float([]))
---
print(int(float('inf')))
---
print(chr(97), ord('a'), bin(5), hex(255), oct(8), repr('a'), ascii('é'))
---
print(ord('ab'))
---
print(len(5))
---
print(round('a'))
---
print(abs('a'))
---
import math
print(math.sqrt(16), math.pi, math.floor(2.7), math.exp(0), math.log(8, 2), math.isnan(math.nan), math.inf, math.e)
print(math.factorial(5), math.prod([2, 3]), math.isclose(0.1 + 0.2, 0.3), math.hypot(3, 4), math.ceil(2.1))
---
import math
math.sqrt(-1)
---
import math
math.sqrt('a')
---
import math
math.log(0)
"""

CONTAINERS = """
x = [3, 1, 2]
x.append(4); x.extend([5]); x.insert(0, 9); print(x, x.pop(), x.pop(0), x.index(1), x.count(1), x)
x.sort(); print(x); x.reverse(); print(x); x.remove(3); print(x, x.copy()); x.clear(); print(x)
x = ['b', 'A', 'c']; x.sort(key=lambda s: s.lower(), reverse=True); print(x)
---
[].pop()
---
[1].pop(5)
---
[1].remove(2)
---
[1].index(2)
---
[1][2]
---
[1]['a']
---
(1,)['a']
---
(1, 2)[5]
---
'abc'[10]
---
'abc'['a']
---
[1, 2, 3][::0]
---
print([1, 2, 3, 4][1:3], [1, 2, 3][::-1], 'hello'[1:-1], (1, 2, 3)[-2:], range(10)[2:5], range(5)[-1])
---
d = {'a': 1, 'b': 2}
print(d['a'], d.get('z'), d.get('z', 0), list(d), d.keys(), d.values(), d.items(), 'a' in d, len(d))
d['c'] = 3; del d['a']; print(d, d.pop('b'), d.pop('q', None), d.setdefault('e', []), d)
d.update({'f': 1}, g=2); print(d, dict(a=1), dict([(1, 2)]), {**d, 'h': 1})
for k, v in d.items(): print(k, v)
print(d.popitem(), d.copy() == d); d.clear(); print(d)
---
{}['a']
---
{[]: 1}
---
{{}}
---
x = {1: 2}
x[[1]]
---
d = {}
d.pop('a')
---
del {}['a']
---
s = {1, 2}
s.add(3); s.discard(9); s.remove(1); print(s, len(s), 2 in s, s.union([5]), s <= {2, 3}, s.isdisjoint({1}))
print(set(), set('a'), {1} == {1})
---
{1}.remove(2)
---
print(list('abc'), tuple([1]), list(range(3)), list({1: 2}), list(zip([1, 2], 'ab')), list(enumerate('ab', 1)))
print(list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, 2])), list(reversed([1, 2])), sorted({3, 1}))
print(isinstance(1, int), isinstance(True, int), isinstance('a', (int, str)), isinstance([], list), type(1), type('a') is str)
print(isinstance(1.0, float), isinstance((), tuple), issubclass(bool, int) or 1, type([]).__name__, callable(len))
---
print([[1, 'a'], (2, None), {'k': [3.0]}, {4}, True, (), [], {}, ..., range(3), slice(1, 2)])
a = [1]; a.append(a); print(a)
---
isinstance(1, 5)
---
print([1, [2]] == [1, [2]], (1, 2) == [1, 2], {'a': 1} == {'a': 1.0}, 'a' == 1, None == 0, [1] != [2])
---
x = [1, 2]; y = x; z = x[:]; y.append(3); print(x, z, x is y, x == y)
---
print(len('abc'), len([]), len({1: 2}), len(range(5)), 2 in range(3), 'b' in 'abc')
---
1 in 5
---
1 in 'a'
---
sorted([1, 'a'])
---
list(5)
---
tuple(None)
---
list(zip([1], [1, 2], strict=True))
---
range(1, 10, 0)
---
range('a')
---
print(list(range(5, 0, -2)), range(3) == range(3), range(2, 5), sum(range(101)))
---
print(' a b '.strip(), 'a,b'.split(','), 'A'.lower(), 'abc'.replace('b', 'x'), '-'.join(['a', 'b']), 'abc'.startswith('a'))
print('abc'.find('c'), 'aXb'.partition('X'), 'a'.center(5, '*'), '7'.zfill(3), 'ab'.upper(), 'ab cd'.title(), 'a' in 'ab')
print('a\\nb'.splitlines(), 'abc'.isalpha(), '1'.isdigit(), 'abab'.count('ab'), 'abc'.endswith(('b', 'c')), 'x'.ljust(3) + '|')
---
'-'.join([1])
---
'a'.split(1)
---
'a'.index('b')
---
'a'.startswith(1)
---
'a'.upper(1)
---
''.join('a', 'b')
"""

FORMATTING = """
x = 3.14159; n = 42; s = 'hi'
print(f'{x:.2f} {n:05d} {s:>5}|{s:<5}|{s:^6}| {n:,} {n:x} {n:b} {x:e} {0.5:%} {n!r} {s!r} {x=} {x = :.1f} {s=}')
print(f'{n:{5}}|{x:{8}.{2}f}|{{}}', f'{[1, 2]}', f"{'a' if n else 'b'}", f'{None}', f'{True:d}', f'{1e10}', f'{n + 1}')
---
print('{} {}'.format(1, 2), '{1} {0}'.format('a', 'b'), '{a:>4}|{b!r}'.format(a=1, b='x'), '{:.2f}'.format(2), '{{}}'.format())
print('{:{}}|'.format('a', 4), '{0:<{1}}|'.format('a', 3), '{:,}'.format(1234567), '{:+d}'.format(5), '{!s:>3}'.format(1))
---
'{}'.format()
---
'{a}'.format()
---
'{} {1}'.format(1, 2)
---
'{'.format(1)
---
'}'.format(1)
---
f'{1:q}'
---
f"{'a':d}"
---
f'{[1]:5}'
---
print(1, 'a', None, [1, 'b'], sep=', ', end='!\\n')
print()
print('中文 输出', 'ü')
print(sep='', end='')
print(format(3.5, '.2f'), format('a', '>3'), str([1, 'a']), repr(1.0), str(None), repr('it\\'s'), str(10**18))
---
print(1, sep=5)
---
print(1, foo=2)
"""

CLASSES = """
class P:
    count = 0
    def __init__(self, x, y=0):
        self.x, self.y = x, y
        P.count += 1
    def norm2(self): return self.x ** 2 + self.y ** 2
    def __repr__(self): return f'P({self.x}, {self.y})'
    def __add__(self, other): return P(self.x + other.x, self.y + other.y)
    def __eq__(self, other): return self.x == other.x
    def __len__(self): return 2
    def __getitem__(self, i): return (self.x, self.y)[i]
    def __call__(self, k): return k * self.x
    def __mul__(self, k): return P(self.x * k)
    def __rmul__(self, k): return P(self.x * k, 'r')
    def __neg__(self): return P(-self.x)
    def __lt__(self, o): return self.x < o.x
    def __contains__(self, v): return v == self.x
    def __iadd__(self, v): self.x += v; return self
    def __setitem__(self, i, v): self.x = v
    def __bool__(self): return self.x > 0
    def __iter__(self): return iter([self.x, self.y])
    @property
    def double(self): return self.x * 2
    @staticmethod
    def make(): return P(7)
    @classmethod
    def origin(cls): return cls(0)
p = P(3, 4)
print(p, p.norm2(), p + P(1), P.count, p == P(3), len(p), p[1], p(5), p * 2, 2 * p, -p, p < P(9), 3 in p, p.double)
p += 1; p[0] = p.x * 2; print(p, bool(P(0)), list(p), P.make(), P.origin(), p.make(), sorted([P(3), P(1)]), [*p])
a, b = p; print(a, b, max(P(1), P(5), key=lambda q: q.x), str(p), f'{p}')
p.double = 3
---
class A:
    def f(self): return 'A.f'
    def g(self): return self.f()
class B(A):
    def f(self): return 'B' + super().f()
class C(B):
    def __init__(self): super().__init__(); self.v = 1
class M:
    def f(self): return 'M'
class D(M, A): pass
print(B().g(), C().v, C().f(), isinstance(C(), A), issubclass(C, A), D().g(), isinstance(3, A), type(C()) is C, A.f(C()))
---
class A: pass
a = A(); a.x = 1; print(a.x); a.y
---
class A: pass
A(1)
---
class A:
    def __init__(self, x): pass
A()
---
class A: pass
A.x
---
class A: pass
A()()
---
class A: pass
A() + 1
---
class A: pass
for i in A(): pass
---
class A: pass
print(A() == A(), A() is None, bool(A()), A.__name__, type(A()).__name__, A)
len(A())
---
class A:
    def __init__(self): return 3
A()
---
class A:
    def f(): pass
A().f()
---
class A:
    @property
    def x(self): return self._x
    @x.setter
    def x(self, v): self._x = v + 1
a = A(); a.x = 1; print(a.x)
---
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 3: raise StopIteration
        return self.n
print(list(It()), sum(It()), [x for x in It()], next(It()))
---
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * i
print(list(Seq()), 4 in Seq())
---
class A: pass
class B(A, A): pass
---
class A: pass
class B(A): pass
class C(A, B): pass
---
class A:
    items = []
    def add(self, v): self.items.append(v)
a, b = A(), A(); a.add(1); print(b.items)
del a.items
---
class A(object):
    def __str__(self): return 'str'
print(A(), f'{A()}', '%s' % A(), str(A()))
---
class A:
    def __getattr__(self, name): return name + '!'
print(A().foo)
---
class A: pass
a = A()
d = {a: 1}; print(d[a], a in d, {A: 2}[A])
"""

GROUPS = {
    "functions": FUNCTIONS, "scopes": SCOPES, "flow": FLOW, "errors": ERRORS, "arithmetic": ARITHMETIC,
    "containers": CONTAINERS, "formatting": FORMATTING, "classes": CLASSES,
}  # fmt: skip
CASES = [
    pytest.param(code.strip("\n"), id=f"{group}-{number}")
    for group, text in GROUPS.items()
    for number, code in enumerate(text.split("\n---\n"))
]


@pytest.mark.parametrize("code", CASES)
def test_as_python(code: str) -> None:
    assert by_us(code) == by_python(code)
