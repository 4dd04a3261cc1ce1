"""The settings of torch.set_printoptions."""

import math
from dataclasses import dataclass, replace

_PROFILES: dict[str, tuple[int, float, int]] = {
    "default": (4, 1000, 3),
    "short": (2, 1000, 2),
    "full": (4, math.inf, 3),
}


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """How tensors are printed.

    precision: decimals; threshold: the most elements printed in full; edgeitems: elements left at each end
    of a summarised dimension; linewidth: characters; sci_mode: 1e+00 always, never, or (None) where it helps.
    """

    precision: int = 4
    threshold: float = 1000
    edgeitems: int = 3
    linewidth: int = 80
    sci_mode: bool | None = None

    def updated(
        self,
        precision: int | None = None,
        threshold: float | None = None,
        edgeitems: int | None = None,
        linewidth: int | None = None,
        profile: str | None = None,
        sci_mode: bool | None = None,
    ) -> "PrintOptions":
        """The options after torch.set_printoptions with these arguments, in the order that it takes them.

        None leaves a field as it is, except sci_mode, which every call sets. An unknown profile is ignored.
        """
        changed = replace(self, sci_mode=sci_mode)
        if profile in _PROFILES:
            digits, limit, edge = _PROFILES[profile]
            changed = replace(changed, precision=digits, threshold=limit, edgeitems=edge, linewidth=80)
        return replace(
            changed,
            precision=changed.precision if precision is None else precision,
            threshold=changed.threshold if threshold is None else threshold,
            edgeitems=changed.edgeitems if edgeitems is None else edgeitems,
            linewidth=changed.linewidth if linewidth is None else linewidth,
        )
