"""The cashier: what a job costs, what was paid for it, and the hand-over that waits for both."""
