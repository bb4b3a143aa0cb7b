"""Buying: what is missing is asked for, approved, sourced, ordered, received, matched and paid, each by somebody else."""
