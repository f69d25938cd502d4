"""The conductor: plans, runs the stages one after another, and puts whole files in place."""
