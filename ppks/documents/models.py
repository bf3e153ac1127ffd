"""What is kept as a file: attachments that people send, papers that offices issue, and the letterheads above these."""

from ppks.documents.attached import Attachment
from ppks.documents.batched import Batch
from ppks.documents.issued import Paper, Revocation
from ppks.documents.letterheads import Letterhead

__all__ = ["Attachment", "Batch", "Letterhead", "Paper", "Revocation"]
