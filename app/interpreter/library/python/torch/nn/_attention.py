"""Attention with several heads, in the operations that PyTorch makes it of."""

import math

import torch
from torch.nn import functional as F

__name__ = "torch.nn.functional"


def _require(holds, message):
    if not holds:
        raise AssertionError(message)


def _is_batched(query, key, value, key_padding_mask, attn_mask):
    dims = query.dim()
    _require(
        dims in (2, 3),
        f"query should be unbatched 2D or batched 3D tensor but received {dims}-D query tensor",
    )
    start = f"For {'batched' if dims == 3 else 'unbatched'} ({dims}-D) `query`, expected"
    _require(
        key.dim() == dims and value.dim() == dims,
        f"{start} `key` and `value` to be {dims}-D but found {key.dim()}-D and {value.dim()}-D tensors respectively",
    )
    if key_padding_mask is not None:
        found = key_padding_mask.dim()
        _require(
            found == dims - 1,
            f"{start} `key_padding_mask` to be `None` or {dims - 1}-D but found {found}-D tensor instead",
        )
    if attn_mask is not None:
        found = attn_mask.dim()
        _require(found in (2, 3), f"{start} `attn_mask` to be `None`, 2-D or 3-D but found {found}-D tensor instead")
    return dims == 3


def canonical_mask(mask, name, dtype):
    """A mask that is added to the scores: -inf where a mask of bools says True."""
    if mask is None:
        return None
    _require(
        mask.dtype == torch.bool or mask.is_floating_point(), f"only bool and floating types of {name} are supported"
    )
    if mask.is_floating_point():
        return mask
    return torch.zeros_like(mask, dtype=dtype).masked_fill_(mask, float("-inf"))


def _projected(query, key, value, weight, bias):
    """Queries, keys and values of one weight that holds all three."""
    size = query.size(-1)
    if key is value and query is key:
        made = F.linear(query, weight, bias)
        made = made.view(*made.shape[:-1], 3, size).unsqueeze(0).transpose(0, -2).squeeze(-2).contiguous()
        return made[0], made[1], made[2]
    if key is value:
        w_q, w_kv = weight.split([size, size * 2])
        b_q, b_kv = (None, None) if bias is None else bias.split([size, size * 2])
        made = F.linear(key, w_kv, b_kv)
        made = made.view(*made.shape[:-1], 2, size).unsqueeze(0).transpose(0, -2).squeeze(-2).contiguous()
        return F.linear(query, w_q, b_q), made[0], made[1]
    return _separately(query, key, value, weight.chunk(3), bias)


def _separately(query, key, value, weights, bias):
    biases = (None, None, None) if bias is None else bias.chunk(3)
    return [F.linear(x, w, b) for x, w, b in zip((query, key, value), weights, biases, strict=True)]


def _checked_mask(mask, heads, batch, target, source):
    if mask is None:
        return None
    if mask.dim() == 2:
        if tuple(mask.shape) != (target, source):
            raise RuntimeError(f"The shape of the 2D attn_mask is {mask.shape}, but should be {(target, source)}.")
        return mask.unsqueeze(0)
    if tuple(mask.shape) != (batch * heads, target, source):
        wanted = (batch * heads, target, source)
        raise RuntimeError(f"The shape of the 3D attn_mask is {mask.shape}, but should be {wanted}.")
    return mask


def _scores(q, k, mask):
    q = q * math.sqrt(1.0 / float(q.size(-1)))
    if mask is not None:
        return torch.baddbmm(mask, q, k.transpose(-2, -1))
    return torch.bmm(q, k.transpose(-2, -1))


def multi_head_attention_forward(
    query,
    key,
    value,
    embed_dim_to_check,
    num_heads,
    in_proj_weight,
    in_proj_bias,
    bias_k,
    bias_v,
    add_zero_attn,
    dropout_p,
    out_proj_weight,
    out_proj_bias,
    training=True,
    key_padding_mask=None,
    need_weights=True,
    attn_mask=None,
    use_separate_proj_weight=False,
    q_proj_weight=None,
    k_proj_weight=None,
    v_proj_weight=None,
    static_k=None,
    static_v=None,
    average_attn_weights=True,
    is_causal=False,
):
    """Attention of `num_heads` heads; inputs are (length, batch, size), or (length, size) without a batch."""
    batched = _is_batched(query, key, value, key_padding_mask, attn_mask)
    alone = query is key, key is value
    if not batched:
        query = query.unsqueeze(1)
        key = query if alone[0] else key.unsqueeze(1)
        value = key if alone[1] else value.unsqueeze(1)
        key_padding_mask = None if key_padding_mask is None else key_padding_mask.unsqueeze(0)
    target, batch, size = query.shape
    source = key.shape[0]
    _require(size == embed_dim_to_check, f"was expecting embedding dimension of {embed_dim_to_check}, but got {size}")
    head = size // num_heads
    _require(head * num_heads == size, f"embed_dim {size} not divisible by num_heads {num_heads}")
    if is_causal and attn_mask is None:
        raise RuntimeError(
            "Need attn_mask if specifying the is_causal hint. You may use the Transformer module method "
            "`generate_square_subsequent_mask` to create this mask."
        )
    key_padding_mask = canonical_mask(key_padding_mask, "key_padding_mask", query.dtype)
    if is_causal and key_padding_mask is None and not need_weights:
        attn_mask = None
    else:
        attn_mask = canonical_mask(attn_mask, "attn_mask", query.dtype)
        is_causal = is_causal and key_padding_mask is None
    if use_separate_proj_weight:
        _require(
            key.shape[:2] == value.shape[:2],
            f"key's sequence and batch dims {key.shape[:2]} do not match value's {value.shape[:2]}",
        )
        weights = (q_proj_weight, k_proj_weight, v_proj_weight)
        q, k, v = _separately(query, key, value, weights, in_proj_bias)
    else:
        _require(key.shape == value.shape, f"key shape {key.shape} does not match value shape {value.shape}")
        q, k, v = _projected(query, key, value, in_proj_weight, in_proj_bias)
    attn_mask = _checked_mask(attn_mask, num_heads, batch, target, source)

    def widened(mask):
        return None if mask is None else F.pad(mask, (0, 1))

    if bias_k is not None and bias_v is not None:
        k, v = torch.cat([k, bias_k.repeat(1, batch, 1)]), torch.cat([v, bias_v.repeat(1, batch, 1)])
        attn_mask, key_padding_mask = widened(attn_mask), widened(key_padding_mask)
    q = q.view(target, batch * num_heads, head).transpose(0, 1)
    k = k.view(k.shape[0], batch * num_heads, head).transpose(0, 1) if static_k is None else static_k
    v = v.view(v.shape[0], batch * num_heads, head).transpose(0, 1) if static_v is None else static_v
    if add_zero_attn:
        nothing = torch.zeros(batch * num_heads, 1, head, dtype=k.dtype)
        k, v = torch.cat([k, nothing], dim=1), torch.cat([v, nothing], dim=1)
        attn_mask, key_padding_mask = widened(attn_mask), widened(key_padding_mask)
    source = k.size(1)
    if key_padding_mask is not None:
        padding = key_padding_mask.view(batch, 1, 1, source).expand(-1, num_heads, -1, -1)
        padding = padding.reshape(batch * num_heads, 1, source)
        attn_mask = padding if attn_mask is None else attn_mask + padding
    dropped = dropout_p if training else 0.0
    if not need_weights:
        if attn_mask is not None:
            if attn_mask.size(0) == 1 and attn_mask.dim() == 3:
                attn_mask = attn_mask.unsqueeze(0)
            else:
                attn_mask = attn_mask.view(batch, num_heads, -1, source)
        q = q.view(batch, num_heads, target, head)
        k, v = k.view(batch, num_heads, source, head), v.view(batch, num_heads, source, head)
        made = F.scaled_dot_product_attention(q, k, v, attn_mask, dropped, is_causal)
        made = made.permute(2, 0, 1, 3).reshape(batch * target, size)
        made = F.linear(made, out_proj_weight, out_proj_bias)
        made = made.view(target, batch, made.size(1))
        return made if batched else made.squeeze(1), None
    weights = F.softmax(_scores(q, k, attn_mask), dim=-1)
    if dropped > 0.0:
        weights = F.dropout(weights, p=dropped)
    made = torch.bmm(weights, v).transpose(0, 1).reshape(target * batch, size)
    made = F.linear(made, out_proj_weight, out_proj_bias)
    made = made.view(target, batch, made.size(1))
    weights = weights.view(batch, num_heads, target, source)
    if average_attn_weights:
        weights = weights.mean(dim=1)
    return (made, weights) if batched else (made.squeeze(1), weights.squeeze(0))
