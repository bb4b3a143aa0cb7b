"""What happens to takings between the drawer and the bank."""
