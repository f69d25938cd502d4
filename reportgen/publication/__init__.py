"""A static site of reports: pages, downloads and open data, all as bytes; nothing is read here."""
