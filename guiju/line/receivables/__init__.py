"""What customers owe us after they have left."""
