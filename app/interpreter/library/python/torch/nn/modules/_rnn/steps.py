"""The steps of recurrent networks, in the operations that PyTorch makes them of on the CPU.

The products with the inputs of all steps are formed at once, before the first step.
"""

import _host
import torch
from torch.nn import functional as F


class Weights:
    """The parameters of one layer in one direction."""

    def __init__(self, w_ih, w_hh, b_ih, b_hh, w_hr=None):
        self.w_ih = w_ih
        self.w_hh = w_hh
        self.b_ih = b_ih
        self.b_hh = b_hh
        self.w_hr = w_hr

    def of_input(self, input):
        return F.linear(input, self.w_ih, self.b_ih)

    def of_hidden(self, hidden):
        return F.linear(hidden, self.w_hh, self.b_hh)


def tanh_step(gates, hidden, weights):
    return torch.tanh(weights.of_hidden(hidden) + gates)


def relu_step(gates, hidden, weights):
    return torch.relu(weights.of_hidden(hidden) + gates)


def lstm_step(gates, hidden, weights):
    h, c = hidden
    enter, forget, cell, leave = (weights.of_hidden(h) + gates).chunk(4, 1)
    enter, forget, cell, leave = torch.sigmoid(enter), torch.sigmoid(forget), torch.tanh(cell), torch.sigmoid(leave)
    c = forget * c + enter * cell
    h = leave * torch.tanh(c)
    return (h if weights.w_hr is None else F.linear(h, weights.w_hr)), c


def gru_step(gates, hidden, weights):
    of_input = gates.chunk(3, 1)
    of_hidden = weights.of_hidden(hidden).chunk(3, 1)
    reset = torch.sigmoid(of_hidden[0] + of_input[0])
    keep = torch.sigmoid(of_hidden[1] + of_input[1])
    new = torch.tanh(of_input[2] + of_hidden[2] * reset)
    return (hidden - new) * keep + new


STEPS = {"RNN_TANH": tanh_step, "RNN_RELU": relu_step, "LSTM": lstm_step, "GRU": gru_step}


def run(step, input, hidden, weights, backwards):
    """One layer in one direction: the outputs of all steps, stacked, and the last hidden state."""
    steps = list(weights.of_input(input).unbind(0))
    if backwards:
        steps.reverse()
    outputs = []
    for gates in steps:
        hidden = step(gates, hidden, weights)
        outputs.append(hidden[0] if isinstance(hidden, tuple) else hidden)
    if backwards:
        outputs.reverse()
    made = torch.stack(outputs, 0)
    if step is lstm_step and weights.w_hr is None and made.dtype == torch.float32:
        made = _host.fused(made, "MkldnnRnnLayerBackward0")
    return made, hidden


def _rows(hidden, start, end):
    """Some rows of a state, which for the LSTM is a pair."""
    if isinstance(hidden, tuple):
        return tuple([part[start:end] for part in hidden])
    return hidden[start:end]


def _joined(pieces):
    if isinstance(pieces[0], tuple):
        return tuple([torch.cat([piece[index] for piece in pieces]) for index in range(2)])
    return torch.cat(pieces)


def run_packed(step, input, counts, hidden, weights, backwards):
    """The same on packed sequences: `counts[t]` of them have a step t. The longest stand first."""
    steps = list(weights.of_input(input).split(counts))
    order = range(len(counts))
    outputs = [None] * len(counts)
    ended = []
    state = _rows(hidden, 0, counts[-1 if backwards else 0])
    previous = counts[-1 if backwards else 0]
    for index in reversed(order) if backwards else order:
        count = counts[index]
        if count < previous:
            ended.append(_rows(state, count, previous))
            state = _rows(state, 0, count)
        elif count > previous:
            state = _joined([state, _rows(hidden, previous, count)])
        previous = count
        state = step(steps[index], state, weights)
        outputs[index] = state[0] if isinstance(state, tuple) else state
    ended.append(state)
    return torch.cat(outputs), _joined(ended[::-1])
