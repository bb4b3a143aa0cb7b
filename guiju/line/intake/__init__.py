"""The front desk: what the customer asks, and what comes over the counter."""
