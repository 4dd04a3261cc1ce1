"""Python's `random`: the numbers are CPython's, from a generator of the run's own."""

import _host


class Random:
    """Random number generator base class used by bound module functions."""

    VERSION = 3

    def __init__(self, x=None):
        self._state = _host.random_make(x)

    def seed(self, a=None, version=2):
        _host.random_seed(self._state, a)

    def random(self):
        return _host.random_draw(self._state, "random")

    def uniform(self, a, b):
        return _host.random_draw(self._state, "uniform", a, b)

    def gauss(self, mu=0.0, sigma=1.0):
        return _host.random_draw(self._state, "gauss", mu, sigma)

    def normalvariate(self, mu=0.0, sigma=1.0):
        return _host.random_draw(self._state, "normalvariate", mu, sigma)

    def triangular(self, low=0.0, high=1.0, mode=None):
        return _host.random_draw(self._state, "triangular", low, high, mode)

    def expovariate(self, lambd=1.0):
        return _host.random_draw(self._state, "expovariate", lambd)

    def lognormvariate(self, mu, sigma):
        return _host.random_draw(self._state, "lognormvariate", mu, sigma)

    def betavariate(self, alpha, beta):
        return _host.random_draw(self._state, "betavariate", alpha, beta)

    def gammavariate(self, alpha, beta):
        return _host.random_draw(self._state, "gammavariate", alpha, beta)

    def paretovariate(self, alpha):
        return _host.random_draw(self._state, "paretovariate", alpha)

    def weibullvariate(self, alpha, beta):
        return _host.random_draw(self._state, "weibullvariate", alpha, beta)

    def getrandbits(self, k):
        return _host.random_bits(self._state, k)

    def randrange(self, start, stop=None, step=1):
        if stop is None:
            return _host.random_range(self._state, start)
        return _host.random_range(self._state, start, stop, step)

    def randint(self, a, b):
        return self.randrange(a, b + 1)

    def choice(self, seq):
        if not len(seq):
            raise IndexError("Cannot choose from an empty sequence")
        return seq[_host.random_below(self._state, len(seq))]

    def shuffle(self, x):
        old = [x[i] for i in range(len(x))]
        for place, origin in enumerate(_host.random_order(self._state, len(old))):
            x[place] = old[origin]

    def sample(self, population, k, *, counts=None):
        if isinstance(population, (set, dict)):
            raise TypeError("Population must be a sequence.  For dicts or sets, use sorted(d).")
        if counts is not None:
            population = [each for each, count in zip(population, counts) for _ in range(count)]
        return [population[i] for i in _host.random_sample(self._state, len(population), k)]

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        if not len(population):
            raise IndexError("Cannot choose from an empty population")
        weights = None if weights is None else list(weights)
        cum_weights = None if cum_weights is None else list(cum_weights)
        places = _host.random_choices(self._state, len(population), weights, cum_weights, k)
        return [population[i] for i in places]


SystemRandom = Random
_inst = Random()
seed = _inst.seed
random = _inst.random
uniform = _inst.uniform
gauss = _inst.gauss
normalvariate = _inst.normalvariate
triangular = _inst.triangular
expovariate = _inst.expovariate
lognormvariate = _inst.lognormvariate
betavariate = _inst.betavariate
gammavariate = _inst.gammavariate
paretovariate = _inst.paretovariate
weibullvariate = _inst.weibullvariate
getrandbits = _inst.getrandbits
randrange = _inst.randrange
randint = _inst.randint
choice = _inst.choice
shuffle = _inst.shuffle
sample = _inst.sample
choices = _inst.choices
