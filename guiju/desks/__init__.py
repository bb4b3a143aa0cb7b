"""Who sits where: a folder per desk, and the frame that they share."""
