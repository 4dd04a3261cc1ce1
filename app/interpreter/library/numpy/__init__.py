"""numpy in the small: fixed tables of functions, methods and attributes on a closed record for arrays."""

from app.interpreter.library.numpy.module import NUMPY_MODULE

__all__ = ["NUMPY_MODULE"]
