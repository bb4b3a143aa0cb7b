"""Where the second screen of a till stands: an address of its own, because no clerk is signed in there."""
