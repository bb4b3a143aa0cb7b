"""Exchange: another unit, or the money, in the place of a repair."""
