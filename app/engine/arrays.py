"""The type of the engine's numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
"""A numpy array of any shape and element type."""

Shape = tuple[int, ...]
"""The extents of a tensor, one per dim."""
