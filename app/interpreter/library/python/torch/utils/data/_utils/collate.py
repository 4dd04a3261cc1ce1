"""How samples become a batch."""

import torch


def default_collate(batch):
    """Tensors are stacked, numbers become a tensor, tuples, lists and dicts keep their form."""
    sample = batch[0]
    if isinstance(sample, torch.Tensor):
        return torch.stack(list(batch), 0)
    if type(sample).__module__ == "numpy":
        return default_collate([torch.as_tensor(each) for each in batch])
    if isinstance(sample, float):
        return torch.tensor(batch, dtype=torch.float64)
    if isinstance(sample, int):
        return torch.tensor(batch)
    if isinstance(sample, str):
        return batch
    if isinstance(sample, dict):
        return {key: default_collate([each[key] for each in batch]) for key in sample}
    if isinstance(sample, (tuple, list)):
        return _columns(batch, sample)
    raise TypeError(
        f"default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found {type(sample)}"
    )


def _columns(batch, sample):
    """The first entries of all samples, the second ones, …; each a batch of its own."""
    if hasattr(sample, "_fields"):
        return type(sample)(*[default_collate(column) for column in zip(*batch, strict=False)])
    if any([len(each) != len(sample) for each in batch]):
        raise RuntimeError("each element in list of batch should be of equal size")
    return [default_collate(column) for column in zip(*batch, strict=False)]


def default_convert(data):
    """One sample as it is, its arrays as tensors."""
    if isinstance(data, torch.Tensor):
        return data
    if type(data).__module__ == "numpy":
        return torch.as_tensor(data)
    if isinstance(data, dict):
        return {key: default_convert(value) for key, value in data.items()}
    if isinstance(data, (tuple, list)):
        return [default_convert(each) for each in data]
    return data
