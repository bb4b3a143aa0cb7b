"""Quality control: somebody else tests what was repaired, with measured values against their limits."""
