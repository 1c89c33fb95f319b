"""Other people's files, read into data packages with an account of every row and column."""
