"""The technician's telephone, at the customer's home: cash that is taken there, and whose hands it is in."""
