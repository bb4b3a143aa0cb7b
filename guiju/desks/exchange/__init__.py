"""Exchanges: the case as each of its people sees it, and the units that are given."""
