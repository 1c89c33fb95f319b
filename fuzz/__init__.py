"""Odd bytes for every reader of files from outside: `make fuzz`. No part of the program."""
