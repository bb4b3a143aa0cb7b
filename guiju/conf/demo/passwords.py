"""The demo's passwords: everybody's is printed on the sign-in page, so a slow hash would guard nothing and cost seconds."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """Django's own, with few rounds; a real installation that finds such a hash makes it anew at the next sign-in."""

    iterations = 1000
