"""The stock book: where every part is, and because of which document it came there."""
