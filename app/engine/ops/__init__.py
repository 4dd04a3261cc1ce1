"""The operations, by the structure of their local derivatives. Importing this fills the registry."""
