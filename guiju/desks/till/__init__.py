"""The desk of the cashier: the till, bills and payments, the hand-over, refunds and credit."""
