"""Python's `itertools`, as generators: each costs a few steps per item, and an endless one ends with its consumer."""


class _Iterator:
    """An iterator of its own name around a generator."""

    def __init__(self, items):
        self._items = items

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._items)


class chain(_Iterator):
    def __init__(self, *iterables):
        super().__init__(_chained(iterables))

    @classmethod
    def from_iterable(cls, iterables):
        made = cls()
        made._items = _chained(iterables)
        return made


def _chained(iterables):
    for each in iterables:
        yield from each


class count(_Iterator):
    def __init__(self, start=0, step=1):
        super().__init__(_counted(start, step))


def _counted(value, step):
    while True:
        yield value
        value += step


class cycle(_Iterator):
    def __init__(self, iterable):
        super().__init__(_cycled(iterable))


def _cycled(iterable):
    seen = []
    for item in iterable:
        seen.append(item)
        yield item
    while seen:
        yield from seen


class repeat(_Iterator):
    def __init__(self, object, times=None):
        super().__init__(_repeated(object, times))


def _repeated(value, times):
    if times is None:
        while True:
            yield value
    for _ in range(times):
        yield value


class islice(_Iterator):
    def __init__(self, iterable, *bounds):
        places = slice(*bounds)
        start, stop, step = places.start or 0, places.stop, 1 if places.step is None else places.step
        if start < 0 or step < 1 or (stop is not None and stop < 0):
            raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
        super().__init__(_sliced(iter(iterable), start, stop, step))


def _sliced(items, start, stop, step):
    place = 0
    wanted = start
    while stop is None or wanted < stop:
        while place <= wanted:
            try:
                item = next(items)
            except StopIteration:
                return
            place += 1
        yield item
        wanted += step
    while stop is not None and place < stop:
        try:
            next(items)
        except StopIteration:
            return
        place += 1


class accumulate(_Iterator):
    def __init__(self, iterable, func=None, *, initial=None):
        super().__init__(_accumulated(iter(iterable), func, initial))


def _accumulated(items, func, total):
    if total is None:
        try:
            total = next(items)
        except StopIteration:
            return
    yield total
    for item in items:
        total = total + item if func is None else func(total, item)
        yield total


class starmap(_Iterator):
    def __init__(self, function, iterable):
        super().__init__(function(*row) for row in iterable)


class takewhile(_Iterator):
    def __init__(self, predicate, iterable):
        super().__init__(_taken(predicate, iterable))


def _taken(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


class dropwhile(_Iterator):
    def __init__(self, predicate, iterable):
        super().__init__(_dropped(predicate, iterable))


def _dropped(predicate, iterable):
    dropping = True
    for item in iterable:
        dropping = dropping and predicate(item)
        if not dropping:
            yield item


class filterfalse(_Iterator):
    def __init__(self, predicate, iterable):
        super().__init__(item for item in iterable if not (item if predicate is None else predicate(item)))


class compress(_Iterator):
    def __init__(self, data, selectors):
        super().__init__(item for item, chosen in zip(data, selectors) if chosen)


class pairwise(_Iterator):
    def __init__(self, iterable):
        super().__init__(_paired(iter(iterable)))


def _paired(items):
    try:
        before = next(items)
    except StopIteration:
        return
    for item in items:
        yield before, item
        before = item


class zip_longest(_Iterator):
    def __init__(self, *iterables, fillvalue=None):
        super().__init__(_zipped([iter(each) for each in iterables], fillvalue))


def _zipped(sources, fill):
    left = len(sources)
    ended = [False] * left
    while left:
        row = []
        for place, source in enumerate(sources):
            item = fill
            if not ended[place]:
                try:
                    item = next(source)
                except StopIteration:
                    ended[place] = True
                    left -= 1
            row.append(item)
        if not left:
            return
        yield tuple(row)


class product(_Iterator):
    def __init__(self, *iterables, repeat=1):
        super().__init__(_crossed([tuple(each) for each in iterables] * repeat))


def _crossed(pools):
    if not all(pools):
        return
    places = [0] * len(pools)
    while True:
        yield tuple([pool[at] for pool, at in zip(pools, places)])
        for at in range(len(pools) - 1, -1, -1):
            places[at] += 1
            if places[at] < len(pools[at]):
                break
            places[at] = 0
        else:
            return


class permutations(_Iterator):
    def __init__(self, iterable, r=None):
        pool = tuple(iterable)
        super().__init__(_permuted(pool, len(pool) if r is None else r))


def _permuted(pool, r):
    n = len(pool)
    if r > n:
        return
    places = list(range(n))
    cycles = list(range(n, n - r, -1))
    yield tuple([pool[at] for at in places[:r]])
    while n:
        for i in range(r - 1, -1, -1):
            cycles[i] -= 1
            if cycles[i] == 0:
                places[i:] = places[i + 1 :] + places[i : i + 1]
                cycles[i] = n - i
            else:
                j = cycles[i]
                places[i], places[-j] = places[-j], places[i]
                yield tuple([pool[at] for at in places[:r]])
                break
        else:
            return


class combinations(_Iterator):
    def __init__(self, iterable, r):
        super().__init__(_combined(tuple(iterable), r))


def _combined(pool, r):
    n = len(pool)
    if r > n:
        return
    places = list(range(r))
    yield tuple([pool[at] for at in places])
    while True:
        for i in range(r - 1, -1, -1):
            if places[i] != i + n - r:
                break
        else:
            return
        places[i] += 1
        for j in range(i + 1, r):
            places[j] = places[j - 1] + 1
        yield tuple([pool[at] for at in places])


class combinations_with_replacement(_Iterator):
    def __init__(self, iterable, r):
        super().__init__(_combined_again(tuple(iterable), r))


def _combined_again(pool, r):
    n = len(pool)
    if not n and r:
        return
    places = [0] * r
    yield tuple([pool[at] for at in places])
    while True:
        for i in range(r - 1, -1, -1):
            if places[i] != n - 1:
                break
        else:
            return
        places[i:] = [places[i] + 1] * (r - i)
        yield tuple([pool[at] for at in places])


class groupby(_Iterator):
    def __init__(self, iterable, key=None):
        super().__init__(_grouped(iterable, key))


def _grouped(iterable, key):
    group = []
    nothing = object()
    current = nothing
    for item in iterable:
        name = item if key is None else key(item)
        if current is not nothing and name != current:
            yield current, iter(group)
            group = []
        current = name
        group.append(item)
    if current is not nothing:
        yield current, iter(group)


def tee(iterable, n=2):
    items = iter(iterable)
    waiting = [[] for _ in range(n)]
    return tuple([_teed(items, waiting, own) for own in waiting])


def _teed(items, waiting, own):
    while True:
        if not own:
            try:
                item = next(items)
            except StopIteration:
                return
            for each in waiting:
                each.append(item)
        yield own.pop(0)


def batched(iterable, n):
    items = iter(iterable)
    while row := tuple(islice(items, n)):
        yield row
