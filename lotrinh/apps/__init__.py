"""Everything that has tables; each application imports only what stands below it."""
