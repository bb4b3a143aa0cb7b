"""The one place that knows everything: settings, addresses, wiring, and the commands of `guiju`."""
