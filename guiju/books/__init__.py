"""What is booked: append-only, one shape."""
