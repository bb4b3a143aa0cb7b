"""What a QR code on a door or an appliance leads to: short, because it is drawn in squares."""
