"""The `purse` commands, a module each: parse, call, print. No logic, and imports are lazy."""
