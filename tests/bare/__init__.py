"""First on the path of the programs that tests start: what users have not installed."""
