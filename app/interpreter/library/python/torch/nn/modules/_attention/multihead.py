"""Attention with several heads, as a module."""

import _host
import torch
from torch.nn import functional as F
from torch.nn import init
from torch.nn.modules.linear import NonDynamicallyQuantizableLinear
from torch.nn.modules.module import Module
from torch.nn.parameter import Parameter

__name__ = "torch.nn.modules.activation"


class MultiheadAttention(Module):
    def __init__(
        self,
        embed_dim,
        num_heads,
        dropout=0.0,
        bias=True,
        add_bias_kv=False,
        add_zero_attn=False,
        kdim=None,
        vdim=None,
        batch_first=False,
        device=None,
        dtype=None,
    ):
        if embed_dim <= 0 or num_heads <= 0:
            raise ValueError(
                "embed_dim and num_heads must be greater than 0, "
                f"got embed_dim={embed_dim} and num_heads={num_heads} instead"
            )
        super().__init__()
        self.embed_dim = embed_dim
        self.kdim = embed_dim if kdim is None else kdim
        self.vdim = embed_dim if vdim is None else vdim
        self._qkv_same_embed_dim = self.kdim == embed_dim and self.vdim == embed_dim
        self.num_heads = num_heads
        self.dropout = dropout
        self.batch_first = batch_first
        self.head_dim = embed_dim // num_heads
        self.add_zero_attn = add_zero_attn
        if self.head_dim * num_heads != embed_dim:
            raise AssertionError("embed_dim must be divisible by num_heads")
        with _host.making(self):
            self._make(bias, add_bias_kv, dtype)
            self._reset_parameters()

    def _make(self, bias, add_bias_kv, dtype):
        n = self.embed_dim
        same = self._qkv_same_embed_dim
        apart = {} if same else {"q": n, "k": self.kdim, "v": self.vdim}
        for word, size in apart.items():
            setattr(self, f"{word}_proj_weight", Parameter(torch.empty((n, size), dtype=dtype)))
        self.register_parameter("in_proj_weight", Parameter(torch.empty((3 * n, n), dtype=dtype)) if same else None)
        for word in ("q", "k", "v") if same else ():
            self.register_parameter(f"{word}_proj_weight", None)
        self.register_parameter("in_proj_bias", Parameter(torch.empty(3 * n, dtype=dtype)) if bias else None)
        self.out_proj = NonDynamicallyQuantizableLinear(n, n, bias=bias, dtype=dtype)
        self.bias_k = Parameter(torch.empty((1, 1, n), dtype=dtype)) if add_bias_kv else None
        self.bias_v = Parameter(torch.empty((1, 1, n), dtype=dtype)) if add_bias_kv else None

    def _reset_parameters(self):
        for weight in (self.in_proj_weight, self.q_proj_weight, self.k_proj_weight, self.v_proj_weight):
            if weight is not None:
                init.xavier_uniform_(weight)
        if self.in_proj_bias is not None:
            init.constant_(self.in_proj_bias, 0.0)
            init.constant_(self.out_proj.bias, 0.0)
        for bias in (self.bias_k, self.bias_v):
            if bias is not None:
                init.xavier_normal_(bias)

    def _in_time(self, query, key, value):
        """Length before batch; what is the same tensor stays the same."""
        if not self.batch_first or query.dim() != 3:
            return query, key, value
        turned = query.transpose(1, 0)
        other = turned if key is query else key.transpose(1, 0)
        return turned, other, other if value is key else value.transpose(1, 0)

    def forward(
        self,
        query,
        key,
        value,
        key_padding_mask=None,
        need_weights=True,
        attn_mask=None,
        average_attn_weights=True,
        is_causal=False,
    ):
        turns = self.batch_first and query.dim() == 3
        query, key, value = self._in_time(query, key, value)
        made, weights = F.multi_head_attention_forward(
            query,
            key,
            value,
            self.embed_dim,
            self.num_heads,
            self.in_proj_weight,
            self.in_proj_bias,
            self.bias_k,
            self.bias_v,
            self.add_zero_attn,
            self.dropout,
            self.out_proj.weight,
            self.out_proj.bias,
            training=self.training,
            key_padding_mask=key_padding_mask,
            need_weights=need_weights,
            attn_mask=attn_mask,
            use_separate_proj_weight=not self._qkv_same_embed_dim,
            q_proj_weight=self.q_proj_weight,
            k_proj_weight=self.k_proj_weight,
            v_proj_weight=self.v_proj_weight,
            average_attn_weights=average_attn_weights,
            is_causal=is_causal,
        )
        return (made.transpose(1, 0) if turns else made), weights
