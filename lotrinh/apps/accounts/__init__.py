"""Who may sign in, and in which language. What a person may do hangs on posts, not here."""
