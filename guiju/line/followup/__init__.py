"""After the hand-over: the call, the closing, the rework; and the appliance that nobody collects."""
