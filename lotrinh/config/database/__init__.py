"""The way into PostgreSQL: Django's own, but for how a connection that waited is looked at."""
