"""Who works where, in which role, and by which key they come in."""
