"""What a pull request changes for readers, and the one comment that says so."""
