"""The functions of numpy that programs may call, by what they cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from app.interpreter.library.numpy import costs
from app.interpreter.library.numpy.running import Cost

Function = Callable[..., Any]

# fmt: off
ELEMENTWISE: dict[str, Function] = {
    "abs": np.abs, "absolute": np.absolute, "fabs": np.fabs, "exp": np.exp, "exp2": np.exp2, "expm1": np.expm1,
    "log": np.log, "log2": np.log2, "log10": np.log10, "log1p": np.log1p, "sqrt": np.sqrt, "cbrt": np.cbrt,
    "square": np.square, "reciprocal": np.reciprocal, "sin": np.sin, "cos": np.cos, "tan": np.tan,
    "arcsin": np.arcsin, "arccos": np.arccos, "arctan": np.arctan, "arctan2": np.arctan2, "sinh": np.sinh,
    "cosh": np.cosh, "tanh": np.tanh, "arcsinh": np.arcsinh, "arccosh": np.arccosh, "arctanh": np.arctanh,
    "degrees": np.degrees, "radians": np.radians, "deg2rad": np.deg2rad, "rad2deg": np.rad2deg, "hypot": np.hypot,
    "add": np.add, "subtract": np.subtract, "multiply": np.multiply, "divide": np.divide,
    "true_divide": np.true_divide, "floor_divide": np.floor_divide, "mod": np.mod, "remainder": np.remainder,
    "fmod": np.fmod, "divmod": np.divmod, "power": np.power, "float_power": np.float_power, "negative": np.negative,
    "positive": np.positive, "sign": np.sign, "heaviside": np.heaviside, "maximum": np.maximum, "minimum": np.minimum,
    "fmax": np.fmax, "fmin": np.fmin, "floor": np.floor, "ceil": np.ceil, "trunc": np.trunc, "rint": np.rint,
    "isnan": np.isnan, "isinf": np.isinf, "isfinite": np.isfinite, "signbit": np.signbit, "copysign": np.copysign,
    "equal": np.equal, "not_equal": np.not_equal, "less": np.less, "less_equal": np.less_equal, "greater": np.greater,
    "greater_equal": np.greater_equal, "logical_and": np.logical_and, "logical_or": np.logical_or,
    "logical_xor": np.logical_xor, "logical_not": np.logical_not, "bitwise_and": np.bitwise_and,
    "bitwise_or": np.bitwise_or, "bitwise_xor": np.bitwise_xor, "invert": np.invert, "left_shift": np.left_shift,
    "right_shift": np.right_shift, "gcd": np.gcd, "lcm": np.lcm, "logaddexp": np.logaddexp,
    "logaddexp2": np.logaddexp2, "round": np.round, "around": np.around, "fix": np.fix, "nan_to_num": np.nan_to_num,
    "clip": np.clip, "where": np.where, "isclose": np.isclose, "allclose": np.allclose, "sinc": np.sinc,
    "zeros_like": np.zeros_like, "ones_like": np.ones_like, "empty_like": np.empty_like, "full_like": np.full_like,
    "array_equal": np.array_equal, "array_equiv": np.array_equiv, "isscalar": np.isscalar,
    "real_if_close": np.real_if_close, "asarray_chkfinite": np.asarray_chkfinite, "acos": np.acos, "asin": np.asin,
    "atan": np.atan, "atan2": np.atan2, "acosh": np.acosh, "asinh": np.asinh, "atanh": np.atanh, "pow": np.pow,
}
TOTAL: dict[str, Function] = {
    "sum": np.sum, "mean": np.mean, "std": np.std, "var": np.var, "min": np.min, "max": np.max, "amin": np.amin,
    "amax": np.amax, "argmin": np.argmin, "argmax": np.argmax, "prod": np.prod, "cumsum": np.cumsum,
    "cumprod": np.cumprod, "all": np.all, "any": np.any, "nansum": np.nansum, "nanmean": np.nanmean,
    "nanstd": np.nanstd, "nanvar": np.nanvar, "nanmin": np.nanmin, "nanmax": np.nanmax, "nanargmin": np.nanargmin,
    "nanargmax": np.nanargmax, "nanprod": np.nanprod, "ptp": np.ptp, "average": np.average,
    "count_nonzero": np.count_nonzero, "nonzero": np.nonzero, "flatnonzero": np.flatnonzero, "argwhere": np.argwhere,
    "diff": np.diff, "ediff1d": np.ediff1d, "gradient": np.gradient, "trapezoid": np.trapezoid, "trace": np.trace,
    "copy": np.copy, "array": np.array, "asarray": np.asarray, "ascontiguousarray": np.ascontiguousarray,
    "reshape": np.reshape, "ravel": np.ravel, "transpose": np.transpose, "swapaxes": np.swapaxes,
    "moveaxis": np.moveaxis, "rollaxis": np.rollaxis, "squeeze": np.squeeze, "expand_dims": np.expand_dims,
    "flip": np.flip, "fliplr": np.fliplr, "flipud": np.flipud, "rot90": np.rot90, "roll": np.roll,
    "diagonal": np.diagonal, "tril": np.tril, "triu": np.triu, "take": np.take, "take_along_axis": np.take_along_axis,
    "compress": np.compress, "extract": np.extract, "delete": np.delete, "insert": np.insert, "append": np.append,
    "atleast_1d": np.atleast_1d, "atleast_2d": np.atleast_2d, "atleast_3d": np.atleast_3d, "ndim": np.ndim,
    "shape": np.shape, "size": np.size, "array_split": np.array_split, "split": np.split, "hsplit": np.hsplit,
    "vsplit": np.vsplit, "dsplit": np.dsplit, "interp": np.interp, "digitize": np.digitize, "polyval": np.polyval,
    "cross": np.cross, "nancumsum": np.nancumsum, "permute_dims": np.permute_dims,
    "matrix_transpose": np.matrix_transpose, "cumulative_sum": np.cumulative_sum,
}
SORTED: dict[str, Function] = {
    "sort": np.sort, "argsort": np.argsort, "unique": np.unique, "median": np.median, "percentile": np.percentile,
    "quantile": np.quantile, "nanmedian": np.nanmedian, "searchsorted": np.searchsorted, "histogram": np.histogram,
    "isin": np.isin, "setdiff1d": np.setdiff1d, "intersect1d": np.intersect1d, "union1d": np.union1d,
    "partition": np.partition, "argpartition": np.argpartition, "lexsort": np.lexsort,
}
LISTS: dict[str, Function] = {
    "concatenate": np.concatenate, "stack": np.stack, "vstack": np.vstack, "hstack": np.hstack, "dstack": np.dstack,
    "column_stack": np.column_stack,
}
SPECIAL: dict[str, tuple[Function, Cost]] = {
    "einsum": (np.einsum, costs.summed), "divmod": (np.divmod, costs.elementwise),
    "zeros": (np.zeros, costs.shaped), "ones": (np.ones, costs.shaped), "full": (np.full, costs.shaped),
    "empty": (np.empty, costs.shaped), "indices": (np.indices, costs.shaped), "eye": (np.eye, costs.square),
    "identity": (np.identity, costs.square), "tri": (np.tri, costs.square), "arange": (np.arange, costs.stepped),
    "linspace": (np.linspace, costs.counted), "logspace": (np.logspace, costs.counted),
    "geomspace": (np.geomspace, costs.counted), "dot": (np.dot, costs.product), "matmul": (np.matmul, costs.product),
    "inner": (np.inner, costs.product), "vdot": (np.vdot, costs.product), "tensordot": (np.tensordot, costs.pairs),
    "outer": (np.outer, costs.pairs), "kron": (np.kron, costs.pairs), "convolve": (np.convolve, costs.pairs),
    "correlate": (np.correlate, costs.pairs), "meshgrid": (np.meshgrid, costs.mesh), "tile": (np.tile, costs.tiled),
    "repeat": (np.repeat, costs.repeated), "broadcast_to": (np.broadcast_to, costs.stretched),
    "resize": (np.resize, costs.stretched), "bincount": (np.bincount, costs.binned), "pad": (np.pad, costs.padded),
    "diag": (np.diag, costs.diagonal), "diagflat": (np.diagflat, costs.diagonal),
    "polyfit": (np.polyfit, costs.fitted), "cov": (np.cov, costs.factored), "corrcoef": (np.corrcoef, costs.factored),
}
LINALG: dict[str, tuple[Function, Cost]] = {
    "norm": (np.linalg.norm, costs.factored), "inv": (np.linalg.inv, costs.factored),
    "det": (np.linalg.det, costs.factored), "solve": (np.linalg.solve, costs.factored),
    "pinv": (np.linalg.pinv, costs.factored), "svd": (np.linalg.svd, costs.factored),
    "eig": (np.linalg.eig, costs.factored), "eigh": (np.linalg.eigh, costs.factored),
    "eigvals": (np.linalg.eigvals, costs.factored), "eigvalsh": (np.linalg.eigvalsh, costs.factored),
    "qr": (np.linalg.qr, costs.factored), "cholesky": (np.linalg.cholesky, costs.factored),
    "lstsq": (np.linalg.lstsq, costs.factored), "matrix_rank": (np.linalg.matrix_rank, costs.factored),
    "cond": (np.linalg.cond, costs.factored), "slogdet": (np.linalg.slogdet, costs.factored),
    "matrix_power": (np.linalg.matrix_power, costs.powered),
}
# fmt: on
LISTED: dict[str, tuple[Function, Cost]] = {
    **{name: (function, costs.elementwise) for name, function in ELEMENTWISE.items()},
    **{name: (function, costs.total) for name, function in TOTAL.items()},
    **{name: (function, costs.sorting) for name, function in SORTED.items()},
    **{name: (function, costs.several) for name, function in LISTS.items()},
    **SPECIAL,
}
