"""One table of rows for every operation of the engine: a call, its inputs, and numpy's own answer."""

from tests.engine.rows import (
    binary,
    block,
    choose,
    convert,
    index,
    internal,
    join,
    product,
    reduce,
    shape,
    ternary,
    unary,
    window,
    write,
)
from tests.engine.rows.row import Row

ROWS: list[Row] = [
    *unary.ROWS, *binary.ROWS, *reduce.ROWS, *block.ROWS, *product.ROWS, *shape.ROWS, *index.ROWS, *choose.ROWS,
    *join.ROWS, *convert.ROWS, *write.ROWS, *internal.ROWS, *ternary.ROWS, *window.ROWS,
]  # fmt: skip
