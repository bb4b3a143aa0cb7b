"""The figures that the house works by: dated, and different where a region or an outlet says so."""
