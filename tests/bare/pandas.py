"""Only tests have pandas. Arrow would load it into each process that finds it, slowly."""

raise ImportError("users have no pandas")
