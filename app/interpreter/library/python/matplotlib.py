"""`matplotlib` where nothing is drawn: everything may be asked of it and called, and the reader is told once."""

import _host


class _Nothing:
    """A figure, axis, line, colour map, …: whatever is asked of it is another one."""

    def __init__(self, count=None):
        object.__setattr__(self, "_count", count)

    def __getattr__(self, name):
        return _nothing

    def __setattr__(self, name, value):
        return None

    def __call__(self, *args, **kwargs):
        _host.notice("not-drawn")
        return _nothing

    def __getitem__(self, index):
        return _nothing

    def __setitem__(self, index, value):
        return None

    def __len__(self):
        return 1 if self._count is None else self._count

    def __iter__(self):
        return iter([_nothing] * len(self))

    def __enter__(self):
        return _nothing

    def __exit__(self, *exc_info):
        return None

    def __repr__(self):
        return "<nothing drawn>"


class _Pyplot(_Nothing):
    def subplots(self, nrows=1, ncols=1, **kwargs):
        _host.notice("not-drawn")
        if nrows == 1 and ncols == 1:
            return _nothing, _nothing
        if nrows == 1 or ncols == 1:
            return _nothing, _Nothing(nrows * ncols)
        return _nothing, _Rows(nrows, ncols)


class _Rows(_Nothing):
    """The axes of several rows."""

    def __init__(self, rows, columns):
        object.__setattr__(self, "_count", rows)
        object.__setattr__(self, "_columns", columns)

    def __iter__(self):
        return iter([_Nothing(self._columns) for _ in range(self._count)])

    @property
    def flat(self):
        return _Nothing(self._count * self._columns)

    def flatten(self):
        return self.flat

    ravel = flatten


_nothing = _Nothing()
pyplot = _Pyplot()
cm = colors = animation = ticker = gridspec = patches = lines = rcParams = pylab = axes3d = Axes3D = _nothing
use = rc = _nothing
