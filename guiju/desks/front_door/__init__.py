"""The open door: whoever has a broken appliance asks for its repair, without an account."""
