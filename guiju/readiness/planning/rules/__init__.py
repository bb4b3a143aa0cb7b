"""The arithmetic of planning. Plain values in and out.

`plain` and `words` need Python alone; the others are numpy over whole stores at once, the extra `guiju[planning]`.
"""
