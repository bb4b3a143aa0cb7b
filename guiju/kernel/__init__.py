"""No trade words: what every band stands on."""
