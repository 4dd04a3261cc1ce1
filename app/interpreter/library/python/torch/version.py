"""Which PyTorch this is like."""

__version__ = "2.13.0+cpu"
debug = False
cuda = None
hip = None
git_version = "cf30153c4c131c8164ee7798e5022d810682e2cb"
