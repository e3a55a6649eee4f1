"""Settings, addresses and the server's entry: named by string only, never imported."""
