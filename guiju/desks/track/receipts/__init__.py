"""What the QR code on a receipt leads to: whether it is as we wrote it, and each price beside the list's."""
