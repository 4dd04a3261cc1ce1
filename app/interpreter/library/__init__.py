"""The Python side of torch: modules, modes and everything else that is no operation of the engine."""
