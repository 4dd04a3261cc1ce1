"""PyTorch itself as the judge: its operator database and random programs, where torch is installed (extra `oracle`).

`python -m tests.live.report` prints every operation with how many of its samples are right.
"""
