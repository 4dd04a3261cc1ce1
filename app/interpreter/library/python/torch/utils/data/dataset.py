"""What a loader takes its samples from."""

import math

import _host
import torch


class Dataset:
    """Samples by number: `__getitem__`, and `__len__`."""

    def __getitem__(self, index):
        raise NotImplementedError("Subclasses of Dataset should implement __getitem__.")

    def __add__(self, other):
        return ConcatDataset([self, other])

    @classmethod
    def __class_getitem__(cls, item):
        return cls


class IterableDataset(Dataset):
    """Samples one after the other: `__iter__`."""

    def __add__(self, other):
        return ChainDataset([self, other])


class TensorDataset(Dataset):
    """Sample number i is row i of every tensor."""

    def __init__(self, *tensors):
        for tensor in tensors:
            if tensor.size(0) != tensors[0].size(0):
                raise AssertionError("Size mismatch between tensors")
        self.tensors = tensors

    def __getitem__(self, index):
        return tuple([tensor[index] for tensor in self.tensors])

    def __len__(self):
        return self.tensors[0].size(0)


class StackDataset(Dataset):
    """Sample number i is sample i of every dataset, as a tuple or a dict."""

    def __init__(self, *args, **kwargs):
        if args and kwargs:
            raise ValueError(
                "Supported either ``tuple``- (via ``args``) or``dict``- (via ``kwargs``) like input/output, but both "
                "types are given."
            )
        if not args and not kwargs:
            raise ValueError("At least one dataset should be passed")
        self.datasets = args or kwargs
        held = list(args or kwargs.values())
        self._length = len(held[0])
        if any([len(dataset) != self._length for dataset in held]):
            raise ValueError("Size mismatch between datasets")

    def __getitem__(self, index):
        if isinstance(self.datasets, dict):
            return {key: dataset[index] for key, dataset in self.datasets.items()}
        return tuple([dataset[index] for dataset in self.datasets])

    def __len__(self):
        return self._length


class ConcatDataset(Dataset):
    """One dataset behind the other."""

    @staticmethod
    def cumsum(sequence):
        sizes = []
        for dataset in sequence:
            sizes.append(len(dataset) + (sizes[-1] if sizes else 0))
        return sizes

    def __init__(self, datasets):
        self.datasets = list(datasets)
        if len(self.datasets) == 0:
            raise AssertionError("datasets should not be an empty iterable")
        for dataset in self.datasets:
            if isinstance(dataset, IterableDataset):
                raise AssertionError("ConcatDataset does not support IterableDataset")
        self.cumulative_sizes = self.cumsum(self.datasets)

    def __len__(self):
        return self.cumulative_sizes[-1]

    def __getitem__(self, idx):
        if idx < 0:
            if -idx > len(self):
                raise ValueError("absolute value of index should not exceed dataset length")
            idx = len(self) + idx
        place = len([size for size in self.cumulative_sizes if size <= idx])
        return self.datasets[place][idx - self.cumulative_sizes[place - 1] if place else idx]


class ChainDataset(IterableDataset):
    """One iterable dataset behind the other."""

    def __init__(self, datasets):
        self.datasets = datasets

    def _checked(self):
        for dataset in self.datasets:
            if not isinstance(dataset, IterableDataset):
                raise AssertionError("ChainDataset only supports IterableDataset")
        return self.datasets

    def __iter__(self):
        for dataset in self._checked():
            yield from dataset

    def __len__(self):
        return sum([len(dataset) for dataset in self._checked()])


class Subset(Dataset):
    """The samples with the given numbers."""

    def __init__(self, dataset, indices):
        self.dataset = dataset
        self.indices = indices

    def __getitem__(self, idx):
        if isinstance(idx, list):
            return self.dataset[[self.indices[i] for i in idx]]
        return self.dataset[self.indices[idx]]

    def __len__(self):
        return len(self.indices)


def random_split(dataset, lengths, generator=None):
    """Subsets of the given sizes or fractions, dealt out by chance."""
    if math.isclose(sum(lengths), 1) and sum(lengths) <= 1:
        lengths = _sizes(dataset, lengths)
    if sum(lengths) != len(dataset):
        raise ValueError("Sum of input lengths does not equal the length of the input dataset!")
    with _host.aside():
        indices = torch.randperm(sum(lengths), generator=generator).tolist()
    subsets = []
    start = 0
    for length in lengths:
        subsets.append(Subset(dataset, indices[start : start + length]))
        start += length
    return subsets


def _sizes(dataset, fractions):
    """Whole numbers of samples; what rounding leaves goes to the first subsets, one each."""
    sizes = []
    for i, fraction in enumerate(fractions):
        if fraction < 0 or fraction > 1:
            raise ValueError(f"Fraction at index {i} is not between 0 and 1")
        sizes.append(math.floor(len(dataset) * fraction))
    for i in range(len(dataset) - sum(sizes)):
        sizes[i % len(sizes)] += 1
    return sizes
