"""The frame that all desks share: pages, form fields, chips, words of the trade."""
