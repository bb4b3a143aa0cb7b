"""What a store tells of its day, week and month: made on time, confirmed by its keeper, reproducible (6.9)."""
