"""Every published table that is made from the ledger, as pure functions of it."""
