"""What several packages on one site share: who publishes, who is who, what may be compared."""
