"""New leaves."""
