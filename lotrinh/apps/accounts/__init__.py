"""Who may sign in, with which language; sessions. It knows no unit: what a person may do hangs on posts."""
