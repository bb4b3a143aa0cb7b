"""The one technical part of this context: it sets facts in type and gives back a PDF."""

from guiju.oversight.papers.press.binding import bind
from guiju.oversight.papers.press.pictures import UnknownPicture
from guiju.oversight.papers.press.typesetter import LanguageNotOffered, SizeNotOffered, print_pdf

__all__ = ["LanguageNotOffered", "SizeNotOffered", "UnknownPicture", "bind", "print_pdf"]
