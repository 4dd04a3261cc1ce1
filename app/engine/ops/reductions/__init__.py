"""Reductions: many elements meet in one output."""
