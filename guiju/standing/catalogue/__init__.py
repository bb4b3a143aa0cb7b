"""Catalogue: brands, product lines, models, appliances and their history, fault codes, parts, service items."""
