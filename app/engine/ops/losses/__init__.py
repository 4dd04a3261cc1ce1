"""Losses: those that PyTorch computes in one operation, and those that it writes in others."""
