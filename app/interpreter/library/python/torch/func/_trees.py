"""Nested dicts, lists and tuples of tensors, taken apart into a flat list and put together again."""

import torch


def flatten(tree):
    """(the leaves in order, what puts such a list together again)."""
    if isinstance(tree, dict):
        parts = [flatten(each) for each in tree.values()]
        return _joined(parts, lambda row, keys=list(tree): dict(zip(keys, row, strict=False)))
    if isinstance(tree, (list, tuple)):
        kind = list if isinstance(tree, list) else tuple
        return _joined([flatten(each) for each in tree], kind)
    return [tree], lambda leaves: leaves[0]


def _joined(parts, make):
    def rebuild(leaves):
        row = []
        start = 0
        for below, again in parts:
            row.append(again(leaves[start : start + len(below)]))
            start += len(below)
        return make(row)

    return [leaf for below, _ in parts for leaf in below], rebuild


def mapped(function, tree):
    """The same tree with `function` of every leaf."""
    leaves, rebuild = flatten(tree)
    return rebuild([function(leaf) for leaf in leaves])


def tensors(tree):
    """The leaves that are tensors."""
    return [leaf for leaf in flatten(tree)[0] if isinstance(leaf, torch.Tensor)]
