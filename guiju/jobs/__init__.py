"""The night shift: deliver news, seal the trail, chase deadlines."""
