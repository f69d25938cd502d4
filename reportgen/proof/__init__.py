"""Built files read back by readers that did not write them, and compared with the model.

Readers (`word`, `excel`, `html`, `pdf`) tell what stands where; judges (`texts`, `sheets`, `pages`)
compare it with the document that content gives now; `arithmetic` reckons totals and percents anew
from what is printed. Whatever differs is a `Difference`, never an exception. Files are foreign:
each is judged in a process of its own (`apart`), with bounds on time and memory.
"""
