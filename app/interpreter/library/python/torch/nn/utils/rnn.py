"""Sequences of different lengths in one tensor."""

import _host
import torch


def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side="right"):
    """The sequences beside each other, filled up to the longest."""
    if not _host.is_iterable(sequences):
        raise RuntimeError(
            f"pad_sequence: Expected iterable for input sequences, but got arg of type: {type(sequences)}"
        )
    if padding_side not in ("left", "right"):
        raise RuntimeError("Expected padding_side to be left or right, but got: " + padding_side)
    sequences = list(sequences)
    if not sequences:
        raise RuntimeError("received an empty list of sequences")
    longest = max([sequence.size(0) for sequence in sequences])
    rest = sequences[0].shape[1:]
    sizes = (len(sequences), longest, *rest) if batch_first else (longest, len(sequences), *rest)
    out = torch.full(sizes, padding_value, dtype=sequences[0].dtype)
    for index, sequence in enumerate(sequences):
        start = longest - sequence.size(0) if padding_side == "left" else 0
        steps = slice(start, start + sequence.size(0))
        if batch_first:
            out[index, steps] = sequence
        else:
            out[steps, index] = sequence
    return out


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    """The sequences alone again."""
    if not batch_first:
        padded_sequences = padded_sequences.transpose(0, 1)
    return [sequence[: int(length)] for sequence, length in zip(padded_sequences, lengths, strict=True)]
