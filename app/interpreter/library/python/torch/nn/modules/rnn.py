"""Recurrent networks."""

import math

import _host
import torch
from torch.nn import init
from torch.nn.modules._rnn.base import RNNBase
from torch.nn.modules._rnn.steps import Weights, gru_step, lstm_step, relu_step, tanh_step
from torch.nn.modules.module import Module
from torch.nn.parameter import Parameter
from torch.nn.utils._packing import PackedSequence


class _OneState(RNNBase):
    """RNN and GRU: what a step answers is its state."""

    def forward(self, input, hx=None):
        if isinstance(input, PackedSequence):
            output, (last,) = self._packed(input, None if hx is None else (hx,), 1)
            return output, last
        name = type(self).__name__ if self.mode == "GRU" else "RNN"
        words = "{}: Expected input to be 2D or 3D, got {}D" + ("" if self.mode == "GRU" else " tensor") + " instead"
        batched = self._batched(input, name, words)
        alone = input.dim() == 2
        if hx is not None and hx.dim() != input.dim():
            kind = "unbatched 2-D" if alone else "batched 3-D"
            raise RuntimeError(f"For {kind} input, hx should also be {input.dim()}-D but got {hx.dim()}-D tensor")
        batch = batched.size(0 if self.batch_first else 1)
        expected = self._expected(batch, self.hidden_size)
        if hx is None:
            hx = torch.zeros(*expected, dtype=batched.dtype)
        elif alone:
            hx = hx.unsqueeze(1)
        self._check_input(batched)
        self._check_hidden(hx, expected, "Expected hidden size {}, got {}")
        output, last = self._layers(self._in_time(batched), hx.unbind(0))
        output, last = (output.transpose_(0, 1) if self.batch_first else output), torch.stack(last, 0)
        if alone:
            return output.squeeze(0 if self.batch_first else 1), last.squeeze(1)
        return output, last


class RNN(_OneState):
    def __init__(self, *args, **kwargs):
        if "proj_size" in kwargs:
            raise ValueError("proj_size argument is only supported for LSTM, not RNN or GRU")
        if len(args) > 3:
            nonlinearity = args[3]
            args = args[:3] + args[4:]
        else:
            nonlinearity = kwargs.pop("nonlinearity", "tanh")
        if nonlinearity not in ("tanh", "relu"):
            raise ValueError(f"Unknown nonlinearity '{nonlinearity}'. Select from 'tanh' or 'relu'.")
        super().__init__(f"RNN_{nonlinearity.upper()}", *args, **kwargs)
        self.nonlinearity = nonlinearity


class GRU(_OneState):
    def __init__(self, *args, **kwargs):
        if "proj_size" in kwargs:
            raise ValueError("proj_size argument is only supported for LSTM, not RNN or GRU")
        super().__init__("GRU", *args, **kwargs)


class LSTM(RNNBase):
    def __init__(self, *args, **kwargs):
        super().__init__("LSTM", *args, **kwargs)

    def forward(self, input, hx=None):
        if isinstance(input, PackedSequence):
            output, ends = self._packed(input, hx, 2)
            return output, tuple(ends)
        batched = self._batched(input, "LSTM", "{}: Expected input to be 2D or 3D, got {}D instead")
        alone = input.dim() == 2
        batch = batched.size(0 if self.batch_first else 1)
        hidden = self._expected(batch, self.proj_size or self.hidden_size)
        cell = self._expected(batch, self.hidden_size)
        if hx is None:
            hx = torch.zeros(*hidden, dtype=batched.dtype), torch.zeros(*cell, dtype=batched.dtype)
        else:
            if hx[0].dim() != input.dim() or hx[1].dim() != input.dim():
                kind = "unbatched 2-D" if alone else "batched 3-D"
                raise RuntimeError(
                    f"For {kind} input, hx and cx should also be {input.dim()}-D but got "
                    f"({hx[0].dim()}-D, {hx[1].dim()}-D) tensors"
                )
            if alone:
                hx = hx[0].unsqueeze(1), hx[1].unsqueeze(1)
        self._check_input(batched)
        self._check_hidden(hx[0], hidden, "Expected hidden[0] size {}, got {}")
        self._check_hidden(hx[1], cell, "Expected hidden[1] size {}, got {}")
        states = list(zip(hx[0].unbind(0), hx[1].unbind(0), strict=True))
        output, last = self._layers(self._in_time(batched), states)
        output = self._in_time(output)
        h, c = torch.stack([state[0] for state in last], 0), torch.stack([state[1] for state in last], 0)
        if alone:
            return output.squeeze(0 if self.batch_first else 1), (h.squeeze(1), c.squeeze(1))
        return output, (h, c)


class RNNCellBase(Module):
    def __init__(self, input_size, hidden_size, bias, num_chunks, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        gates = num_chunks * hidden_size
        with _host.making(self):
            self.weight_ih = Parameter(torch.empty((gates, input_size), dtype=dtype))
            self.weight_hh = Parameter(torch.empty((gates, hidden_size), dtype=dtype))
            self.register_parameter("bias_ih", Parameter(torch.empty(gates, dtype=dtype)) if bias else None)
            self.register_parameter("bias_hh", Parameter(torch.empty(gates, dtype=dtype)) if bias else None)
            self.reset_parameters()

    def reset_parameters(self):
        bound = 1.0 / math.sqrt(self.hidden_size) if self.hidden_size > 0 else 0
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    def _start(self, input, hx):
        """A batch of inputs and of states."""
        name = type(self).__name__
        if input.dim() not in (1, 2):
            raise ValueError(f"{name}: Expected input to be 1D or 2D, got {input.dim()}D instead")
        batch = input if input.dim() == 2 else input.unsqueeze(0)
        if hx is None:
            return batch, torch.zeros(batch.size(0), self.hidden_size, dtype=input.dtype)
        if hx.dim() not in (1, 2):
            raise ValueError(f"{name}: Expected hidden to be 1D or 2D, got {hx.dim()}D instead")
        return batch, hx if input.dim() == 2 else hx.unsqueeze(0)

    def _step(self, step, batch, hidden):
        if batch.size(1) != self.input_size:
            raise RuntimeError(f"input has inconsistent input_size: got {batch.size(1)} expected {self.input_size}")
        for each in hidden if isinstance(hidden, tuple) else (hidden,):
            if each.size(0) != batch.size(0):
                raise RuntimeError(f"Input batch size {batch.size(0)} doesn't match hidden0 batch size {each.size(0)}")
            if each.size(1) != self.hidden_size:
                raise RuntimeError(
                    f"hidden0 has inconsistent hidden_size: got {each.size(1)}, expected {self.hidden_size}"
                )
        weights = Weights(self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
        return step(weights.of_input(batch), hidden, weights)

    def extra_repr(self):
        text = f"{self.input_size}, {self.hidden_size}"
        if self.bias is not True:
            text += f", bias={self.bias}"
        if getattr(self, "nonlinearity", "tanh") != "tanh":
            text += f", nonlinearity={self.nonlinearity}"
        return text


class RNNCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, nonlinearity="tanh", device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 1, dtype=dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input, hx=None):
        batch, hidden = self._start(input, hx)
        if self.nonlinearity not in ("tanh", "relu"):
            raise RuntimeError(f"Unknown nonlinearity: {self.nonlinearity}")
        made = self._step(tanh_step if self.nonlinearity == "tanh" else relu_step, batch, hidden)
        return made if input.dim() == 2 else made.squeeze(0)


class GRUCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 3, dtype=dtype)

    def forward(self, input, hx=None):
        batch, hidden = self._start(input, hx)
        made = self._step(gru_step, batch, hidden)
        return made if input.dim() == 2 else made.squeeze(0)


class LSTMCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, 4, dtype=dtype)

    def forward(self, input, hx=None):
        if hx is not None:
            for index, each in enumerate(hx):
                if each.dim() not in (1, 2):
                    raise ValueError(f"LSTMCell: Expected hx[{index}] to be 1D or 2D, got {each.dim()}D instead")
        batch, hidden = self._start(input, None if hx is None else hx[0])
        cell = hidden if hx is None else hx[1] if input.dim() == 2 else hx[1].unsqueeze(0)
        h, c = self._step(lstm_step, batch, (hidden, cell))
        return (h, c) if input.dim() == 2 else (h.squeeze(0), c.squeeze(0))
