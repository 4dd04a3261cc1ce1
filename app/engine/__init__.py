"""The mathematics: tensors, operations, local derivatives and the backward pass. Imports numpy and nothing of ours."""

# fmt: off
# Importing these modules fills the registry.
from app.engine.ops import (  # noqa: F401, I001
    affine, arg, attributes, autograd, axis_calls, binary, block, choose, compare, contract, convert, create, draw,
    gather, index, inplace, internal, join, literal, operators, parameter, power, python, queries, rearrange,
    reduce, reduce_calls, repeat, scatter, shape_calls, switches, unary, window,
)
# fmt: on
