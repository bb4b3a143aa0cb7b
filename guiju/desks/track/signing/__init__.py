"""What the QR code on the counter's screen leads to: the customer reads, and signs on their own telephone."""
