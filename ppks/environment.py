"""The environment, with `.env` of the project folder read into it before anything asks."""

from pathlib import Path

import environ

PROJECT = Path(__file__).resolve().parent.parent

environ.Env.read_env(PROJECT / ".env")
env = environ.Env()
