"""The workbook in which a department enters its figures, and what comes back from it."""
