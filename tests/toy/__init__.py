"""A small app with no trade in it, on which the kernel is tried out."""
