"""Every "no" the system can say: a code for phones, a sentence for people, a status for HTTP."""

from typing import Any

STATUS: dict[str, int] = {
    "access.not_logged_in": 401,
    "access.wrong_password": 401,
    "access.slow_down": 429,
    "access.switched_off": 403,
    "access.outside_grid": 403,
    "access.not_allowed": 403,
    "access.foreign_origin": 403,
    "access.invitation_gone": 410,
    "access.weak_password": 422,
    "access.bad_phone": 422,
    "access.bad_name": 422,
    "access.phone_taken": 409,
    "access.unknown_person": 404,
    "access.unknown_session": 404,
    "access.bad_dates": 422,
    "access.unknown_role": 422,
    "access.unknown_post": 404,
    "access.bad_date": 422,
    "access.no_grid": 422,
    "access.person_switched_off": 409,
    "grids.unknown": 404,
    "grids.wrong_level": 422,
    "patrols.unknown": 404,
    "patrols.not_yours": 403,
    "patrols.end_before_start": 422,
    "patrols.unknown_check_point": 422,
    "patrols.other_grid": 422,
    "patrols.already_ended": 409,
    "hazards.unknown": 404,
    "hazards.unknown_category": 422,
    "hazards.unknown_severity": 422,
    "hazards.no_words_for_other": 422,
    "hazards.grading_reserved": 403,
    "hazards.already_closed": 409,
    "hazards.second_person": 403,
    "shouts.unknown_script": 422,
    "shouts.unknown_means": 422,
    "visits.unknown_outcome": 422,
    "visits.unknown_door": 422,
    "places.unknown": 404,
    "photos.unknown": 404,
    "photos.not_a_photo": 422,
    "photos.too_large": 413,
    "photos.other_bytes": 409,
    "sync.malformed": 422,
    "sync.too_many": 413,
    "sync.unknown_kind": 422,
    "sync.unknown_version": 422,
    "sync.other_person": 403,
    "sync.conflict": 409,
    "sync.future": 422,
    "boards.unknown": 404,
    "invalid": 422,
    "not_found": 404,
    "method_not_allowed": 405,
    "server_error": 500,
    "busy": 503,
}
"""HTTP status of each code. A code not listed here cannot be raised."""


class Refused(Exception):
    """A use case says no. `code` is one of `STATUS`; `details` fill the sentence's gaps."""

    def __init__(self, code: str, /, **details: Any) -> None:
        if code not in STATUS:
            raise KeyError(f"unknown refusal {code!r}")
        super().__init__(code)
        self.code = code
        self.details = details

    @property
    def status(self) -> int:
        """HTTP status of this refusal."""
        return STATUS[self.code]
