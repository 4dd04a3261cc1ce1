"""Functions that PyTorch, too, writes in Python on top of its operations."""

import torch
from torch.nn import functional as F


def bilinear(input1, input2, weight, bias=None):
    """x1ᵀ W x2 for every matrix W of `weight`."""
    sizes = [("input1", input1.size(-1), weight.size(1)), ("input2", input2.size(-1), weight.size(2))]
    if bias is not None:
        sizes.append(("bias", bias.size(0), weight.size(0)))
    for name, given, wanted in sizes:
        if given != wanted:
            raise RuntimeError(f"bilinear(): {name} size does not match weight size: got {given} but expected {wanted}")
    made = torch.einsum("...i,kij,...j->...k", input1, weight, input2)
    return made if bias is None else made + bias


def local_response_norm(input, size, alpha=1e-4, beta=0.75, k=1.0):
    """Each channel divided by a power of the mean square of its neighbours."""
    dims = input.dim()
    if dims < 3:
        raise ValueError(f"Expected 3D or higher dimensionality                          input (got {dims} dimensions)")
    if input.numel() == 0:
        return input
    squares = input.mul(input)
    before, after = size // 2, (size - 1) // 2
    if dims == 3:
        squares = F.pad(squares.unsqueeze(1), (0, 0, before, after))
        squares = F.avg_pool2d(squares, (size, 1), stride=1).squeeze(1)
    else:
        sizes = input.size()
        squares = squares.view(sizes[0], 1, sizes[1], sizes[2], -1)
        squares = F.pad(squares, (0, 0, 0, 0, before, after))
        squares = F.avg_pool3d(squares, (size, 1, 1), stride=1).squeeze(1).view(sizes)
    return input / squares.mul(alpha).add(k).pow(beta)


def triplet_margin_with_distance_loss(
    anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction="mean"
):
    """max(0, margin + near - far), with a distance of one's own."""
    if reduction not in ("mean", "sum", "none"):
        raise ValueError(f"{reduction} is not a valid value for reduction")
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    distance = F.pairwise_distance if distance_function is None else distance_function
    if not anchor.ndim == positive.ndim == negative.ndim:
        raise RuntimeError(
            "The anchor, positive, and negative tensors are expected to have the same number of dimensions, "
            f"but got: anchor {anchor.ndim}D, positive {positive.ndim}D, and negative {negative.ndim}D inputs"
        )
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = torch.minimum(far, distance(positive, negative))
    loss = torch.clamp_min(margin + near - far, 0)
    return loss.mean() if reduction == "mean" else loss.sum() if reduction == "sum" else loss


def upsample(input, size=None, scale_factor=None, mode="nearest", align_corners=None):
    """The name of an older PyTorch."""
    return F.interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(input, size=None, scale_factor=None):
    """The name of an older PyTorch."""
    return F.interpolate(input, size, scale_factor, mode="nearest")


def upsample_bilinear(input, size=None, scale_factor=None):
    """The name of an older PyTorch."""
    return F.interpolate(input, size, scale_factor, mode="bilinear", align_corners=True)
