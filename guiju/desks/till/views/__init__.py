"""The pages of the till: the drawer, jobs with their bills, money that goes back, credit."""
