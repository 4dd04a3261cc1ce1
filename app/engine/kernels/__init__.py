"""Numbers to the last bit: arithmetic in the order and width of PyTorch's CPU kernels, where numpy's own differs.

Printed with four digits two orders of summation look alike; a loss printed by `.item()` shows every digit.
"""
