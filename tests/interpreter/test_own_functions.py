"""Programs that use learners' functions and hooks in odd ways end as programs do: with an answer, or Python's error."""

from __future__ import annotations

import pytest

from app.trace import trace

HEAD = """import torch
from torch.autograd import Function
x = torch.tensor([1.0, 2.0], requires_grad=True)
class S(Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2
    @staticmethod
    def backward(ctx, g):
        return g * 2
"""
PROGRAMS = {
    "backward that applies itself": """
class F(Function):
    @staticmethod
    def forward(ctx,x): return x*2
    @staticmethod
    def backward(ctx,g):
        F.apply(x).sum().backward()
        return g
F.apply(x).sum().backward()""",
    "forward that applies itself": """
class F(Function):
    @staticmethod
    def forward(ctx,x): return F.apply(x)
    @staticmethod
    def backward(ctx,g): return g
F.apply(x)""",
    "a hook that registers itself and goes backward": """
def h(g):
    x.register_hook(h)
    (x*2).sum().backward()
x.register_hook(h)
(x*2).sum().backward()""",
    "None as a hook": """
x.register_hook(None); x.sum().backward()""",
    "no inputs": """
class F(Function):
    @staticmethod
    def forward(ctx): return torch.ones(2)
    @staticmethod
    def backward(ctx,g): return None
print(F.apply())""",
    "ctx in ctx and saved again": """
class F(Function):
    @staticmethod
    def forward(ctx,x): ctx.me=ctx; ctx.save_for_backward(x); y=x*1; return y,y
    @staticmethod
    def backward(ctx,g,h): print(ctx.me.me is ctx); del ctx.me; ctx.save_for_backward(g); return g
a,b=F.apply(x); print(a is b,a,b); (a+b).sum().backward(); print(x.grad)""",
    "forward returns ctx": """
class F(Function):
    @staticmethod
    def forward(ctx,x): return ctx
    @staticmethod
    def backward(ctx,g,h): return g
print(F.apply(x)); F.apply(F.apply(x))""",
    "nested outputs": """
class F(Function):
    @staticmethod
    def forward(ctx,x): return (x,(x*2,))
    @staticmethod
    def backward(ctx,*g): print(g); return g[0]
r=F.apply(x); print(r); r[0].sum().backward()""",
    "forward is a number": """
F=S
F.forward=3
F.apply(x)""",
    "backward is None": """
S.backward=None
S.apply(x).sum().backward()""",
    "a hook without parameters": """
x.register_hook(lambda: 3); x.sum().backward()""",
    "a node hook with one parameter": """
y=x*2; y.grad_fn.register_hook(lambda a: 3); y.sum().backward()""",
    "a number as a prehook": """
y=x*2; y.grad_fn.register_prehook(3); y.sum().backward()""",
    "numbers as saved hooks": """
with torch.autograd.graph.saved_tensors_hooks(1,2): y=x*x""",
    "unpack to another shape": """
with torch.autograd.graph.saved_tensors_hooks(lambda t: 5, lambda t: torch.ones(3)): y=x*x
y.sum().backward()""",
    "unpack to another type": """
with torch.autograd.graph.saved_tensors_hooks(lambda t: None, lambda t: torch.ones(2,dtype=torch.int64)): y=x*x
y.sum().backward(); print(x.grad)""",
    "gradcheck of a number": """
torch.autograd.gradcheck(3, x)""",
    "gradcheck of a constant": """
torch.autograd.gradcheck(lambda t: 3, x)""",
    "jacobian of a number": """
torch.autograd.functional.jacobian(3, x)""",
    "grad of a number": """
torch.func.grad(3)(x)""",
    "vmap over nothing": """
torch.vmap(lambda t: t)(torch.ones(0,2))""",
    "a long jacobian": """
torch.func.jacrev(lambda t: t)(torch.ones(60))""",
    "a hook that asks for grad": """
x.register_hook(lambda g: g.requires_grad_()*2); x.sum().backward(); print(x.grad)""",
    "a number marked dirty": """
class F(Function):
    @staticmethod
    def forward(ctx,x): ctx.mark_dirty(3); return x
    @staticmethod
    def backward(ctx,g): return g
F.apply(x)""",
    "apply of Function itself": """
Function.apply(x)""",
    "forward of Function itself": """
Function.forward(x)""",
    "Function made": """
Function()""",
    "an instance of a function": """
class F(S):
    def __init__(self): pass
F().apply(x)""",
    "an attribute of its node": """
g=S.apply(x).grad_fn
g.foo=3
print(g.foo)""",
    "an attribute of another node": """
(x*2).grad_fn.foo=3""",
    "an attribute that is not there": """
e=(x*2).grad_fn.next_functions; print(e[0][0].foo)""",
    "a node hook of another shape": """
S.apply(x).grad_fn.register_hook(lambda a,b: (torch.ones(3),))
y=S.apply(x); y.grad_fn.register_hook(lambda a,b: (torch.ones(3),)); y.sum().backward()""",
    "batched without gradients": """
torch.autograd.grad(x.sum(), x, is_grads_batched=True, grad_outputs=3)""",
    "too many gradients": """
torch.autograd.grad(x.sum(), x, grad_outputs=(torch.ones(()),None,None))""",
    "a multi hook of a number": """
torch.autograd.graph.register_multi_grad_hook(3, 4)""",
    "a multi hook of no mode": """
torch.autograd.graph.register_multi_grad_hook((x,), print, mode='x')""",
    "anomaly with odd arguments": """
torch.autograd.set_detect_anomaly('a'); torch.autograd.detect_anomaly(3,4)""",
    "inference mode with odd arguments": """
torch.inference_mode(3); torch.inference_mode(lambda q: q)(3)""",
    "once_differentiable of a number": """
from torch.autograd.function import once_differentiable
once_differentiable(3)(3)""",
    "functional_call of a number": """
torch.func.functional_call(3,{},x)""",
    "vjp with a number": """
torch.func.vjp(lambda t: t, x)[1](3)""",
    "jvp with a number": """
torch.func.jvp(lambda t: t, (x,), 3)""",
    "argnums is a text": """
torch.func.grad(lambda t: t.sum(), argnums='a')(x)""",
    "data replaced inside forward": """
class F(Function):
    @staticmethod
    def forward(ctx,x): x.data=torch.ones(3); return x
    @staticmethod
    def backward(ctx,g): return g
F.apply(x*1).sum().backward()""",
    "views returned": """
class F(Function):
    @staticmethod
    def forward(ctx,x): return x.unbind()
    @staticmethod
    def backward(ctx,*g): return torch.stack(g)
a,b=F.apply(x); (a*b).backward(); print(x.grad)""",
    "a saved value written to inside forward": """
class F(Function):
    @staticmethod
    def forward(ctx,x):
        y=x*1; ctx.save_for_backward(y); y.add_(1); return y
    @staticmethod
    def backward(ctx,g): print(ctx.saved_tensors); return g
F.apply(x).sum().backward(); print(x.grad)""",
    "hooks that breed": """
l=[]
def f():
    for i in range(3): l.append(x.register_hook(lambda g: f()))
x.register_hook(lambda g: f())
for i in range(30): x.sum().backward()""",
    "a long chain": """
y=x*1
for i in range(300): y=S.apply(y)
y.sum().backward()""",
    "an integer input": """
S.apply(torch.ones(2,dtype=torch.int64)).sum()
S.apply(x, x)""",
}


@pytest.mark.parametrize("name", list(PROGRAMS))
def test_no_error_of_the_host_comes_out(name: str) -> None:
    error = trace([HEAD + PROGRAMS[name]])["error"]
    assert error is None or error["type"] != "EngineError", error


def test_going_backward_inside_a_backward_ends_with_the_budget_of_calls() -> None:
    program = """class F(Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2
    @staticmethod
    def backward(ctx, g):
        with torch.enable_grad():
            F.apply(x).sum().backward()
        return g
F.apply(x).sum().backward()"""
    error = trace([HEAD + program])["error"]
    assert error["type"] == "LimitError"
