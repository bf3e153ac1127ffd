"""The money: ceilings, allocations to kab/kota, and the ledger that only documents post to."""
