"""The dispute dossier: everything that proves what happened to one order, sealed into one file that anybody can check."""
