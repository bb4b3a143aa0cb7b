"""How much to keep of each part in each store: forecasts, levels, and what a person makes of them."""
