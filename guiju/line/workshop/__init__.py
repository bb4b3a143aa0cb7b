"""The workshop: what is wrong, what it costs and whether the customer agrees, the signed deadline, the repair."""
