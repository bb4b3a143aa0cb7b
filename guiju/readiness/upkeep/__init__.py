"""The store itself: its weekly inspection, its climate and fresh air, what fights fire in it, and what must not lie together."""
