"""Who is certified for which work, and until when."""
