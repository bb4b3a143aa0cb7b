"""Django's PostgreSQL, told with each transaction how far whoever acts may see."""
