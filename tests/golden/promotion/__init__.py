"""Which dtype results when dtypes meet, and which meetings are errors."""
