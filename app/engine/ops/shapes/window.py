"""A view of a base that has been written to, made again from the base (`replay.py`)."""

from __future__ import annotations

from app.engine.operation import Operation
from app.engine.ops.internal import pick
from app.engine.relation.rearrangement import Rearrangement

as_strided = Operation("as_strided", pick.forward, [Rearrangement(operation="pick")], grad_fn="AsStridedBackward0")
