"""The published prices for everybody: by model, by the code in the product box, and as a board for a screen."""
