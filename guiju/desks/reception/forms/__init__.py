"""What is typed at the counter."""
