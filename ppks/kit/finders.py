"""Serves Bootstrap's stylesheet straight from its package; a test pins the file's SHA-256."""

from importlib.util import find_spec
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FILES = ("css/bootstrap.min.css", "css/bootstrap.min.css.map")
PREFIX = "bootstrap"


class BootstrapFinder(BaseFinder):
    def __init__(self, app_names=None, *args, **kwargs):
        self.root = Path(find_spec("bootstrap").submodule_search_locations[0])
        self.storage = FileSystemStorage(location=self.root)
        self.storage.prefix = PREFIX

    def find(self, path, find_all=False):
        found = [str(self.root / name) for name in FILES if path == f"{PREFIX}/{name}"]
        return found if find_all else next(iter(found), None)

    def list(self, ignore_patterns):
        return ((name, self.storage) for name in FILES)
