"""The reception: customers, appliances, new jobs, and what a job needs from the counter until it is collected."""
