"""The line of a server that has none: each message as a line in a file, so that one sees what
would have gone."""

import json
import os
from datetime import datetime
from pathlib import Path

from firegrid_app.access.rules import mask_phone
from firegrid_app.messages.channels.letter import Letter, NotSent, Outcome, Sent
from firegrid_app.messages.rules import Reason

MOST_BYTES = 5_000_000
"""Then the file is put beside as `messages.1.jsonl`, over the one before."""


class FileLine:
    """Appends to `messages.jsonl` of the data folder."""

    most_together = 1

    def __init__(self, file: Path) -> None:
        self._file = file

    def group(self, path: str) -> str:
        """Nobody reads it but the one it is for."""
        return ""

    def send(self, letter: Letter, now: datetime) -> Outcome:
        """Write one line; numbers masked."""
        line = {
            "at": now.isoformat(),
            "key": letter.key,
            "purpose": letter.purpose,
            "to": [mask_phone(phone) for phone in letter.phones],
            "text": letter.text,
        }
        written = (json.dumps(line, ensure_ascii=False) + "\n").encode()
        try:
            if self._file.exists() and self._file.stat().st_size > MOST_BYTES:
                self._file.replace(self._file.with_name("messages.1.jsonl"))
            # One write of one line: two workers' lines stand after each other, not in each other.
            opened = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(opened, written)
            finally:
                os.close(opened)
        except OSError as error:
            return NotSent(Reason.NO_DISK, type(error).__name__)
        return Sent()
