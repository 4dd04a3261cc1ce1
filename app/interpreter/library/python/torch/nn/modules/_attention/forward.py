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


def _with_a_batch(query, key, value, padding):
    """Inputs of a batch of one; what was the same tensor stays the same."""
    alone = query is key, key is value
    query = query.unsqueeze(1)
    key = query if alone[0] else key.unsqueeze(1)
    value = key if alone[1] else value.unsqueeze(1)
    return query, key, value, None if padding is None else padding.unsqueeze(0)


def _masks(padding, mask, is_causal, need_weights, dtype):
    """Both masks as numbers to add; the fused kernel makes the causal one by itself."""
    if is_causal and mask is None:
        raise RuntimeError(
            "Need attn_mask if specifying the is_causal hint. You may use the Transformer module method "
            "`generate_square_subsequent_mask` to create this mask."
        )
    padding = canonical_mask(padding, "key_padding_mask", dtype)
    if is_causal and padding is None and not need_weights:
        return padding, None, True
    return padding, canonical_mask(mask, "attn_mask", dtype), is_causal and padding is None


def _queries_keys_values(query, key, value, weight, weights, bias):
    if weights is None:
        _require(key.shape == value.shape, f"key shape {key.shape} does not match value shape {value.shape}")
        return _projected(query, key, value, weight, bias)
    _require(
        key.shape[:2] == value.shape[:2],
        f"key's sequence and batch dims {key.shape[:2]} do not match value's {value.shape[:2]}",
    )
    return _separately(query, key, value, weights, bias)


def _widened(mask):
    """Room for one more key, which nothing hides."""
    return None if mask is None else F.pad(mask, (0, 1))


def _with_padding(mask, padding, batch, heads):
    if padding is None:
        return mask
    source = padding.size(1)
    padding = padding.view(batch, 1, 1, source).expand(-1, heads, -1, -1).reshape(batch * heads, 1, source)
    return padding if mask is None else mask + padding


def _fused(q, k, v, mask, dropped, is_causal, batch):
    """(length · batch, size): attention in one kernel, which gives no weights."""
    heads, (target, head), source = q.size(0) // batch, q.shape[1:], k.size(1)
    if mask is not None:
        alone = mask.size(0) == 1 and mask.dim() == 3
        mask = mask.unsqueeze(0) if alone else mask.view(batch, heads, -1, source)
    q = q.view(batch, heads, target, head)
    k, v = k.view(batch, heads, source, head), v.view(batch, heads, source, head)
    made = F.scaled_dot_product_attention(q, k, v, mask, dropped, is_causal)
    return made.permute(2, 0, 1, 3).reshape(batch * target, heads * head)


def _weighed(q, k, v, mask, dropped, batch):
    """(length · batch, size) and the weights, one row of keys for each query of each head."""
    weights = F.softmax(_scores(q, k, mask), dim=-1)
    if dropped > 0.0:
        weights = F.dropout(weights, p=dropped)
    made = torch.bmm(weights, v).transpose(0, 1)
    return made.reshape(q.size(1) * batch, q.size(0) // batch * q.size(2)), weights


def multi_head_attention_forward(
    query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn,
    dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None,
    use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None, v_proj_weight=None, static_k=None,
    static_v=None, average_attn_weights=True, is_causal=False,
):  # fmt: skip
    """Attention of `num_heads` heads; inputs are (length, batch, size), or (length, size) without a batch."""
    batched = _is_batched(query, key, value, key_padding_mask, attn_mask)
    if not batched:
        query, key, value, key_padding_mask = _with_a_batch(query, key, value, key_padding_mask)
    target, batch, size = query.shape
    _require(size == embed_dim_to_check, f"was expecting embedding dimension of {embed_dim_to_check}, but got {size}")
    rows, head = batch * num_heads, size // num_heads
    _require(head * num_heads == size, f"embed_dim {size} not divisible by num_heads {num_heads}")
    padding, mask, is_causal = _masks(key_padding_mask, attn_mask, is_causal, need_weights, query.dtype)
    weights = (q_proj_weight, k_proj_weight, v_proj_weight) if use_separate_proj_weight else None
    q, k, v = _queries_keys_values(query, key, value, in_proj_weight, weights, in_proj_bias)
    mask = _checked_mask(mask, num_heads, batch, target, key.shape[0])
    if bias_k is not None and bias_v is not None:
        k, v = torch.cat([k, bias_k.repeat(1, batch, 1)]), torch.cat([v, bias_v.repeat(1, batch, 1)])
        mask, padding = _widened(mask), _widened(padding)
    q = q.view(target, rows, head).transpose(0, 1)
    k = k.view(k.shape[0], rows, head).transpose(0, 1) if static_k is None else static_k
    v = v.view(v.shape[0], rows, head).transpose(0, 1) if static_v is None else static_v
    if add_zero_attn:
        nothing = torch.zeros(rows, 1, head, dtype=k.dtype)
        k, v = torch.cat([k, nothing], dim=1), torch.cat([v, nothing], dim=1)
        mask, padding = _widened(mask), _widened(padding)
    mask, dropped = _with_padding(mask, padding, batch, num_heads), dropout_p if training else 0.0
    if not need_weights:
        made = F.linear(_fused(q, k, v, mask, dropped, is_causal, batch), out_proj_weight, out_proj_bias)
        made = made.view(target, batch, made.size(1))
        return made if batched else made.squeeze(1), None
    made, weights = _weighed(q, k, v, mask, dropped, batch)
    made = F.linear(made, out_proj_weight, out_proj_bias)
    made, weights = made.view(target, batch, made.size(1)), weights.view(batch, num_heads, target, k.size(1))
    if average_attn_weights:
        weights = weights.mean(dim=1)
    return (made, weights) if batched else (made.squeeze(1), weights.squeeze(0))
