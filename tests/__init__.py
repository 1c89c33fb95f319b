"""The tests of the project, and the crawler that reads the site it builds."""
