"""News to the programs of others: signed, retried, sent again on demand, and never into a network that is nobody's business."""
