"""Parts for the house's own use: asked for, signed by another, handed out by a third."""
