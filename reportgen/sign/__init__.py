"""Signatures: keys, services of time and revocation, marks on the page, signed PDF."""
