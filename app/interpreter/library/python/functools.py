"""Python's `functools`."""

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__")


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=("__dict__",)):
    for name in assigned:
        value = getattr(wrapped, name, None)
        if value is not None and hasattr(wrapper, "__dict__"):
            setattr(wrapper, name, value)
    if hasattr(wrapper, "__dict__"):
        wrapper.__dict__.update(getattr(wrapped, "__dict__", {}))
        wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=("__dict__",)):
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)

    return decorate


class partial:
    """partial(func, *args, **keywords) - new function with partial application of the given arguments and keywords."""

    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        parts = [repr(self.func), *(repr(a) for a in self.args), *(f"{k}={v!r}" for k, v in self.keywords.items())]
        return f"functools.partial({', '.join(parts)})"


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        return partial(self.func.__get__(obj, cls), *self.args, **self.keywords)


_nothing = object()


def reduce(function, sequence, initial=_nothing, /):
    items = iter(sequence)
    if initial is _nothing:
        try:
            value = next(items)
        except StopIteration:
            raise TypeError("reduce() of empty iterable with no initial value") from None
    else:
        value = initial
    for item in items:
        value = function(value, item)
    return value


class _Key:
    def __init__(self, value, compare):
        self.obj = value
        self._compare = compare

    def __lt__(self, other):
        return self._compare(self.obj, other.obj) < 0

    def __gt__(self, other):
        return self._compare(self.obj, other.obj) > 0

    def __eq__(self, other):
        return self._compare(self.obj, other.obj) == 0


def cmp_to_key(mycmp):
    return lambda value: _Key(value, mycmp)


class _CacheInfo:
    def __init__(self, hits, misses, maxsize, currsize):
        self.hits = hits
        self.misses = misses
        self.maxsize = maxsize
        self.currsize = currsize

    def __repr__(self):
        return f"CacheInfo(hits={self.hits}, misses={self.misses}, maxsize={self.maxsize}, currsize={self.currsize})"


class _lru_cache_wrapper:
    def __init__(self, function, maxsize):
        self._function = function
        self._maxsize = maxsize
        self.cache_clear()
        update_wrapper(self, function)

    def __call__(self, *args, **keywords):
        key = (args, tuple(keywords.items())) if keywords else args
        if key in self._kept:
            self._hits += 1
            value = self._kept.pop(key)
        else:
            self._misses += 1
            value = self._function(*args, **keywords)
            if self._maxsize is not None and len(self._kept) >= self._maxsize and self._kept:
                self._kept.pop(next(iter(self._kept)))
        if self._maxsize != 0:
            self._kept[key] = value
        return value

    def __get__(self, obj, cls=None):
        return self if obj is None else partial(self, obj)

    def cache_info(self):
        return _CacheInfo(self._hits, self._misses, self._maxsize, len(self._kept))

    def cache_clear(self):
        self._kept = {}
        self._hits = self._misses = 0


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _lru_cache_wrapper(maxsize, 128)
    return lambda function: _lru_cache_wrapper(function, maxsize)


def cache(user_function, /):
    return _lru_cache_wrapper(user_function, None)


class cached_property:
    def __init__(self, func):
        self.func = func
        self.attrname = None

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        kept = instance.__dict__
        if self.attrname not in kept:
            kept[self.attrname] = self.func(instance)
        return kept[self.attrname]


def total_ordering(cls):
    has = {name for name in ("__lt__", "__gt__", "__le__", "__ge__") if name in dir(cls)}
    if not has:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    if "__lt__" in has:
        less = lambda a, b: a < b
    elif "__gt__" in has:
        less = lambda a, b: b > a
    elif "__le__" in has:
        less = lambda a, b: a <= b and not a == b
    else:
        less = lambda a, b: b >= a and not a == b
    rows = {
        "__lt__": lambda a, b: less(a, b),
        "__gt__": lambda a, b: not less(a, b) and not a == b,
        "__le__": lambda a, b: less(a, b) or a == b,
        "__ge__": lambda a, b: not less(a, b),
    }
    for name, function in rows.items():
        if name not in has:
            setattr(cls, name, function)
    return cls
