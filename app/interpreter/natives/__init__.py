"""The built-in types as classes: what a student's class inherits from `list`, `dict`, `str`, `int`, …

An object of such a class is an `Instance` that holds the built-in value. The methods are slots that take the object
first and work on the value it holds, so the same slot is `list.append` and what `super().append` finds.
"""
