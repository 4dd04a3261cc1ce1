"""The far side of the wall: what runs in the zygote and in the workers that are forked from it."""
