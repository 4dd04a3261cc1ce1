"""Without torch there is nothing to ask."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("torch") and find_spec("expecttest") else ["test_*.py"]
