"""In which order a loader takes the samples. Random orders are PyTorch's own, number by number."""

import _host
import torch


class Sampler:
    """An order of sample numbers."""

    def __init__(self, data_source=None):
        pass

    def __iter__(self):
        raise NotImplementedError

    @classmethod
    def __class_getitem__(cls, item):
        return cls


class SequentialSampler(Sampler):
    """0, 1, 2, …"""

    def __init__(self, data_source):
        self.data_source = data_source

    def __iter__(self):
        return iter(range(len(self.data_source)))

    def __len__(self):
        return len(self.data_source)


class RandomSampler(Sampler):
    """A permutation, or draws with replacement, from a generator that one draw of the global one seeds."""

    def __init__(self, data_source, replacement=False, num_samples=None, generator=None):
        self.data_source = data_source
        self.replacement = replacement
        self._num_samples = num_samples
        self.generator = generator
        if not isinstance(self.replacement, bool):
            raise TypeError(f"replacement should be a boolean value, but got replacement={self.replacement}")
        if not isinstance(self.num_samples, int) or self.num_samples <= 0:
            raise ValueError(f"num_samples should be a positive integer value, but got num_samples={self.num_samples}")

    @property
    def num_samples(self):
        return len(self.data_source) if self._num_samples is None else self._num_samples

    def __iter__(self):
        generator = self.generator
        if generator is None:
            generator = torch.Generator()
            with _host.aside():
                generator.manual_seed(torch.empty((), dtype=torch.int64).random_().item())
        n, wanted = len(self.data_source), self.num_samples
        if self.replacement:
            for _ in range(wanted // 32):
                yield from _drawn(torch.randint, n, (32,), generator)
            yield from _drawn(torch.randint, n, (wanted % 32,), generator)
        else:
            for _ in range(wanted // n):
                yield from _drawn(torch.randperm, n, None, generator)
            yield from _drawn(torch.randperm, n, None, generator)[: wanted % n]

    def __len__(self):
        return self.num_samples


def _drawn(draw, n, size, generator):
    with _host.aside():
        made = draw(n, generator=generator) if size is None else draw(n, size, generator=generator)
        return made.tolist()


class SubsetRandomSampler(Sampler):
    """A permutation of the given numbers."""

    def __init__(self, indices, generator=None):
        self.indices = indices
        self.generator = generator

    def __iter__(self):
        for i in _drawn(torch.randperm, len(self.indices), None, self.generator):
            yield self.indices[i]

    def __len__(self):
        return len(self.indices)


class WeightedRandomSampler(Sampler):
    """Draws with the given weights."""

    def __init__(self, weights, num_samples, replacement=True, generator=None):
        if not isinstance(num_samples, int) or isinstance(num_samples, bool) or num_samples <= 0:
            raise ValueError(f"num_samples should be a positive integer value, but got num_samples={num_samples}")
        if not isinstance(replacement, bool):
            raise ValueError(f"replacement should be a boolean value, but got replacement={replacement}")
        with _host.aside():
            self.weights = torch.as_tensor(weights, dtype=torch.double)
        if len(self.weights.shape) != 1:
            raise ValueError(
                f"weights should be a 1d sequence but given weights have shape {tuple(self.weights.shape)}"
            )
        self.num_samples = num_samples
        self.replacement = replacement
        self.generator = generator

    def __iter__(self):
        with _host.aside():
            drawn = torch.multinomial(self.weights, self.num_samples, self.replacement, generator=self.generator)
            numbers = drawn.tolist()
        yield from numbers

    def __len__(self):
        return self.num_samples


class BatchSampler(Sampler):
    """The numbers of another sampler in lists."""

    def __init__(self, sampler, batch_size, drop_last):
        if not isinstance(batch_size, int) or isinstance(batch_size, bool) or batch_size <= 0:
            raise ValueError(f"batch_size should be a positive integer value, but got batch_size={batch_size}")
        if not isinstance(drop_last, bool):
            raise ValueError(f"drop_last should be a boolean value, but got drop_last={drop_last}")
        self.sampler = sampler
        self.batch_size = batch_size
        self.drop_last = drop_last

    def __iter__(self):
        batch = []
        for number in self.sampler:
            batch.append(number)
            if len(batch) == self.batch_size:
                yield batch
                batch = []
        if batch and not self.drop_last:
            yield batch

    def __len__(self):
        if self.drop_last:
            return len(self.sampler) // self.batch_size
        return (len(self.sampler) + self.batch_size - 1) // self.batch_size
