"""What is kept as a file: attachments that people send, papers that offices issue. All of it append-only."""

from ppks.documents.attached import Attachment

__all__ = ["Attachment"]
