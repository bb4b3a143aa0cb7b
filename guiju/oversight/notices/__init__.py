"""What customers are told: a message per piece of news, in their language, kept with what became of it."""
