"""What happens: the stations of the line, the earlier one never knowing the later."""
