"""Attributes of every kind of value; importing its modules fills the tables of `protocol`."""
