"""Pricing: the published lists of what may be charged, from the least to the most."""
