"""The mathematics: tensors, operations, local derivatives and the backward pass. Imports numpy and nothing of ours."""

from importlib import import_module
from pkgutil import walk_packages

from app.engine import ops

# Importing a module of operations fills the registry. A new one is found here by itself.
for _module in walk_packages(ops.__path__, f"{ops.__name__}."):
    import_module(_module.name)
