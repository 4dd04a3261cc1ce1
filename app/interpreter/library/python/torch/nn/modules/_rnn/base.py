"""What RNN, LSTM and GRU share: parameters, checks, and the layers one after the other."""

import math

import _host
import torch
from torch.nn import functional as F
from torch.nn import init
from torch.nn.modules._rnn.steps import STEPS, Weights, run, run_packed
from torch.nn.modules.module import Module
from torch.nn.parameter import Parameter
from torch.nn.utils._packing import PackedSequence

__name__ = "torch.nn.modules.rnn"

_GATES = {"LSTM": 4, "GRU": 3, "RNN_TANH": 1, "RNN_RELU": 1}


def _require_kinds(bias, batch_first, input_size, hidden_size):
    for name, value, kind in (("bias", bias, bool), ("batch_first", batch_first, bool)):
        if not isinstance(value, kind):
            raise TypeError(f"{name} should be of type bool, got: {type(value).__name__}")
    for name, value in (("input_size", input_size), ("hidden_size", hidden_size)):
        if not isinstance(value, int):
            raise TypeError(f"{name} should be of type int, got: {type(value).__name__}")
        if value <= 0:
            raise ValueError(f"{name} must be greater than zero")


class RNNBase(Module):
    def __init__(
        self,
        mode,
        input_size,
        hidden_size,
        num_layers=1,
        bias=True,
        batch_first=False,
        dropout=0.0,
        bidirectional=False,
        proj_size=0,
        device=None,
        dtype=None,
    ):
        super().__init__()
        if isinstance(dropout, bool) or not isinstance(dropout, (int, float)) or not 0 <= dropout <= 1:
            raise ValueError(
                "dropout should be a number in range [0, 1] representing the probability of an element being zeroed"
            )
        _require_kinds(bias, batch_first, input_size, hidden_size)
        if num_layers <= 0:
            raise ValueError("num_layers must be greater than zero")
        if proj_size < 0:
            raise ValueError("proj_size should be a positive integer or zero to disable projections")
        if proj_size >= hidden_size:
            raise ValueError("proj_size has to be smaller than hidden_size")
        self.mode = mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        self._all_weights = []
        with _host.making(self):
            self._make(dtype)
            self.reset_parameters()

    def _make(self, dtype):
        gates = _GATES[self.mode] * self.hidden_size
        answered = self.proj_size or self.hidden_size
        for layer in range(self.num_layers):
            entering = self.input_size if layer == 0 else answered * (2 if self.bidirectional else 1)
            shapes = {"weight_ih": (gates, entering), "weight_hh": (gates, answered)}
            if self.bias:
                shapes.update({"bias_ih": (gates,), "bias_hh": (gates,)})
            if self.proj_size:
                shapes["weight_hr"] = (self.proj_size, self.hidden_size)
            for direction in ("", "_reverse") if self.bidirectional else ("",):
                names = []
                for word, shape in shapes.items():
                    names.append(f"{word}_l{layer}{direction}")
                    setattr(self, names[-1], Parameter(torch.empty(shape, dtype=dtype)))
                self._all_weights.append(names)

    def reset_parameters(self):
        bound = 1.0 / math.sqrt(self.hidden_size)
        for weight in self.parameters():
            init.uniform_(weight, -bound, bound)

    @property
    def _flat_weights_names(self):
        return [name for names in self._all_weights for name in names]

    @property
    def _flat_weights(self):
        return [getattr(self, name) for name in self._flat_weights_names]

    @property
    def all_weights(self):
        return [[getattr(self, name) for name in names] for names in self._all_weights]

    def flatten_parameters(self):
        """For GPUs only."""

    def _weights(self, names):
        held = {name.split("_l")[0]: getattr(self, name) for name in names}
        found = [held.get(word) for word in ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr")]
        return Weights(*found)

    def _check_input(self, input):
        own = getattr(self, self._all_weights[0][0]).dtype
        if input.dtype != own:
            raise ValueError(
                f"RNN input dtype ({input.dtype}) does not match weight dtype ({own}). "
                f"Convert input: input.to({own}), or convert model: model.to({input.dtype})"
            )
        if input.size(-1) != self.input_size:
            raise RuntimeError(
                f"input.size(-1) must be equal to input_size. Expected {self.input_size}, got {input.size(-1)}"
            )

    def _expected(self, batch, size):
        return (self.num_layers * (2 if self.bidirectional else 1), batch, size)

    def _check_hidden(self, hidden, expected, words):
        if tuple(hidden.size()) != expected:
            raise RuntimeError(words.format(expected, list(hidden.size())))

    def _layers(self, input, hidden, counts=None):
        """All layers on an input whose first dim is time; `hidden` has a state per layer and direction.

        `counts`: the input is packed; so many sequences have a first step, a second, …
        """
        directions = (False, True) if self.bidirectional else (False,)
        last = []
        for layer in range(self.num_layers):
            outputs = []
            for backwards in directions:
                weights = self._weights(self._all_weights[len(last)])
                start = hidden[len(last)]
                if counts is None:
                    output, state = run(STEPS[self.mode], input, start, weights, backwards)
                else:
                    output, state = run_packed(STEPS[self.mode], input, counts, start, weights, backwards)
                outputs.append(output)
                last.append(state)
            input = outputs[0] if len(outputs) == 1 else torch.cat(outputs, -1)
            if self.dropout and self.training and layer < self.num_layers - 1:
                input = F.dropout(input, self.dropout, True)
        return input, last

    def _batched(self, input, name, words):
        if input.dim() not in (2, 3):
            raise ValueError(words.format(name, input.dim()))
        return input if input.dim() == 3 else input.unsqueeze(0 if self.batch_first else 1)

    def _packed(self, packed, hx, states):
        """A packed input: the answer is packed, too; states come and go in the order before sorting."""
        batch = int(packed.batch_sizes[0])
        if packed.data.dim() != 2:
            raise RuntimeError(f"input must have 2 dimensions, got {packed.data.dim()}")
        self._check_input(packed.data)
        hidden = self._expected(batch, self.proj_size or self.hidden_size)
        sizes = [hidden, self._expected(batch, self.hidden_size)][:states]
        given = [torch.zeros(*size, dtype=packed.data.dtype) for size in sizes] if hx is None else list(hx)
        for state, size in zip(given, sizes, strict=True):
            self._check_hidden(state, size, "Expected hidden size {}, got {}")
        if hx is not None and packed.sorted_indices is not None:
            given = [state.index_select(1, packed.sorted_indices) for state in given]
        starts = list(zip(*[state.unbind(0) for state in given], strict=True))
        starts = starts if states == 2 else [start[0] for start in starts]
        output, last = self._layers(packed.data, starts, packed.batch_sizes.tolist())
        ends = [torch.stack(list(part), 0) for part in (zip(*last, strict=True) if states == 2 else [last])]
        if packed.unsorted_indices is not None:
            ends = [end.index_select(1, packed.unsorted_indices) for end in ends]
        return PackedSequence(output, *packed[1:]), ends

    def _in_time(self, input):
        return input.transpose(0, 1) if self.batch_first else input

    def extra_repr(self):
        text = f"{self.input_size}, {self.hidden_size}"
        if self.proj_size != 0:
            text += f", proj_size={self.proj_size}"
        if self.num_layers != 1:
            text += f", num_layers={self.num_layers}"
        if self.bias is not True:
            text += f", bias={self.bias}"
        if self.batch_first is not False:
            text += f", batch_first={self.batch_first}"
        if self.dropout != 0:
            text += f", dropout={self.dropout}"
        if self.bidirectional is not False:
            text += f", bidirectional={self.bidirectional}"
        return text
