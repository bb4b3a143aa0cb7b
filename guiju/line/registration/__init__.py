"""Registration: a customer tells of a new appliance, with the proof of its purchase, and somebody of the house takes it over."""
