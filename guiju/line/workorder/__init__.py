"""The job for one appliance: its life, where the appliance is, who pays, what was promised."""
