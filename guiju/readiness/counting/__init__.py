"""What lies in a store, counted blind by two people and settled with the book."""
