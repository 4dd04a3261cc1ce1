"""Programs that a sandbox too strict might refuse: each runs, and prints what Python or PyTorch would."""

from __future__ import annotations

T = "import torch\n"

LEGITIMATE: dict[str, tuple[str, str]] = {
    "main": ("if __name__ == '__main__': print(__name__)", "__main__"),
    "words": ("eval_loss, open_set, input_dim = 1, 2, 3\nprint(eval_loss + open_set + input_dim)", "6"),
    "text-import": ("print('import os')", "import os"),
    "comment": ("# __class__ and eval(x)\nprint(1)", "1"),
    "underscores": ("_ = 1\n_x = 2\n__y = 3\nprint(_ + _x + __y)", "6"),
    "private": ("class A:\n    def __init__(self): self._x = 1\nprint(A()._x)", "1"),
    "for-underscore": ("for _ in range(2): pass\nprint(_)", "1"),
    "long-sum": ("x = 1\nprint(" + "x + " * 300 + "x)", "301"),
    "long-chain": ("print('a'" + ".strip()" * 200 + ")", "a"),
    "elif-chain": ("x = 150\nif x == 0: pass\n" + "".join(f"elif x == {i}: print({i})\n" for i in range(1, 180)),
                   "150"),
    "recursion": ("def f(n): return 1 if n == 0 else n * f(n - 1)\nprint(f(20))", "2432902008176640000"),
    "closure": ("def f():\n    n = 0\n    def g():\n        nonlocal n\n        n += 1\n        return n\n"
                "    return g\ng = f()\ng()\nprint(g())", "2"),
    "shadow-list": ("list = [1, 2]\nprint(list)", "[1, 2]"),
    "shadow-sum": ("sum = 0\nfor i in range(4): sum += i\nprint(sum)", "6"),
    "shadow-input": ("input = 3\nprint(input)", "3"),
    "own-name": ("def compile(x): return x\nprint(compile(1))", "1"),
    "annotations": ("def f(x: 'torch.Tensor', n: int = 1) -> 'list[int]': return [n]\nprint(f(1))", "[1]"),
    "overloading": ("class V:\n    def __init__(self, x): self.x = x\n"
                    "    def __add__(self, o): return V(self.x + o.x)\n    "
                    "def __repr__(self): return f'V({self.x})'\nprint(V(1) + V(2))", "V(3)"),
    "super": ("class A:\n    def __init__(self): self.a = 1\nclass B(A):\n    def __init__(self):\n"
              "        super().__init__()\n        self.b = 2\nprint(B().a, B().b)", "1 2"),
    "class-super": ("class A:\n    def f(self): return 1\nclass B(A):\n    def f(self): return super(B, self).f() + 1\n"
                    "print(B().f())", "2"),
    "property": ("class A:\n    @property\n    def x(self): return 3\nprint(A().x)", "3"),
    "static": ("class A:\n    @staticmethod\n    def f(x): return x\nprint(A.f(4))", "4"),
    "decorator": ("def twice(f): return lambda x: f(f(x))\n@twice\ndef g(x): return x * 3\nprint(g(1))", "9"),
    "own-exception": ("class Oops(ValueError): pass\ntry: raise Oops('a')\nexcept ValueError as e: print(repr(e))",
                      "Oops('a')"),
    "finally": ("def f():\n    try: return 1\n    finally: print('end')\nf()", "end"),
    "context": ("class C:\n    def __enter__(self): return 5\n    def __exit__(self, *e): return True\n"
                "with C() as c: print(c)", "5"),
    "iterator": ("class C:\n    def __iter__(self): return iter([1, 2])\nprint(list(C()))", "[1, 2]"),
    "format": ("print('{:>5}|{:<5}|{:^5}'.format(1, 2, 3))", "    1|2    |  3  "),
    "format-width": ("w = 6\nprint(f'{3.14159:{w}.2f}')", "  3.14"),
    "percent": ("print('%5.2f %d %s' % (1.5, 2, 'a'))", " 1.50 2 a"),
    "sorting": ("print(sorted({'b': 1, 'a': 2}.items(), key=lambda p: p[1]))", "[('b', 1), ('a', 2)]"),
    "nested-comprehension": ("print([[i * j for j in range(3)] for i in range(3)])", 
                             "[[0, 0, 0], [0, 1, 2], [0, 2, 4]]"),
    "zip-of-enumerate": ("print(list(zip(map(abs, [-1]), enumerate(x for x in 'a'))))", "[(1, (0, 'a'))]"),
    "tuple-key": ("d = {(i, j): i * j for i in range(40) for j in range(40)}\nprint(d[3, 4])", "12"),
    "large-list": ("print(len(list(range(19999))))", "19999"),
    "big-number": ("print(2 ** 100)", "1267650600228229401496703205376"),
    "walrus": ("if (n := 3) > 2: print(n)", "3"),
    "unpack": ("a, *b = range(4)\nprint(a, b)", "0 [1, 2, 3]"),
    "global": ("n = 0\ndef f():\n    global n\n    n += 1\nf()\nprint(n)", "1"),
    "star-call": ("def f(*a, **k): return a, k\nprint(f(*[1], **{'b': 2}))", "((1,), {'b': 2})"),
    "rows": (T + "print(sum(row.sum() for row in torch.ones(300, 3)))", "tensor(900.)"),
    "large-product": (T + "x = torch.ones(1000, 1000)\nprint((x @ x)[0, 0].item())", "1000.0"),
    "millions": (T + "print(torch.ones(2000, 2000).sum().item())", "4000000.0"),
    "stacked": (T + "print(torch.stack([torch.ones(3) for _ in range(200)]).shape)", "torch.Size([200, 3])"),
    "many-prints": (T + "x = torch.ones(3)\nfor i in range(500): s = str(x)\nprint(s)", "tensor([1., 1., 1.])"),
    "hundred-steps": (
        T + "w = torch.zeros(4, 1, requires_grad=True)\nx = torch.ones(8, 4)\nfor step in range(100):\n"
        "    loss = ((x @ w - 1) ** 2).mean()\n    loss.backward()\n    with torch.no_grad():\n"
        "        w -= 0.1 * w.grad\n    w.grad.zero_()\nprint(round(loss.item(), 4))", "0.0",
    ),
    "long-graph": (T + "x = torch.ones(1, requires_grad=True)\ny = x\nfor i in range(3000): y = y + 0\n"
                   "y.backward()\nprint(x.grad)", "tensor([1.])"),
    "decorated": (T + "@torch.no_grad()\ndef f(x): return x * 2\nprint(f(torch.ones(1, requires_grad=True)))",
                  "tensor([2.])"),
    "caught": (T + "try: torch.ones(2, 3) @ torch.ones(2, 3)\nexcept RuntimeError as e: print('caught')", "caught"),
    "transcript": (">>> x = 1\n>>> print(x)\n1", "1"),
    "notebook": ("In [1]: print(2)\n2\n\nOut[1]: 2", "2"),
    "crlf": ("x = 1\r\nprint(x)\r\n", "1"),
    "byte-order-mark": ("\ufeffprint(1)", "1"),
    "chinese": ("变量 = '中文'\nprint(变量)", "中文"),
    "emoji": ("print('🙂')", "🙂"),
}  # fmt: skip
