"""Random programs of views and in-place writes."""
