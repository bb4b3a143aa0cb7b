"""What is made ready: people certified for their work."""
