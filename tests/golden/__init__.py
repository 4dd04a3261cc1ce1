"""Programs with PyTorch's own answers to them, recorded once and committed (see record.py)."""
