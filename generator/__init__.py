"""Public Purse: data packages of public funding in, a traceable static site out."""

__version__ = "0.1.0"
