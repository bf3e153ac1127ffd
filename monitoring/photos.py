"""Photos of visits: how many, and where their files lie."""

from ppks.documents.files import Folder

MOST = 5  # a visit
FILES = Folder("foto", ".jpg")
