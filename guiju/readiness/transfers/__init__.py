"""What goes from one store to another: sent, on the way, received, and what never came."""
