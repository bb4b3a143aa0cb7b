"""What is known: people, policy, customers, catalogue, prices, warranty."""
