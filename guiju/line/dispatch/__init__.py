"""Who does the job: assigned by certificate and load, accepted in time or given to another."""
