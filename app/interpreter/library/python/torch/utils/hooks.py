"""What registering a hook gives back."""


class RemovableHandle:
    """Takes its hook away again with `remove()`, or at the end of a `with` block."""

    next_id = 0

    def __init__(self, hooks_dict, *, extra_dict=None):
        self.hooks_dict_ref = hooks_dict
        self.id = RemovableHandle.next_id
        RemovableHandle.next_id += 1
        self.extra_dict_ref = () if extra_dict is None else extra_dict

    def remove(self):
        for held in (self.hooks_dict_ref, *self.extra_dict_ref):
            held.pop(self.id, None)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.remove()
