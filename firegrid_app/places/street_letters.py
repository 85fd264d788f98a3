"""Use cases of a street's own letter (责任书, 告知书): worded, replaced, ended, read by phones."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlmodel import Session, col, select, update

from firegrid_app.access.rules import Action, Actor
from firegrid_app.access.service import audit
from firegrid_app.grids.service import grid_by_code, grids_in_scope
from firegrid_app.grids.tables import Grid
from firegrid_app.places.cards import LetterView, LetterWords, OwnLetter
from firegrid_app.places.filing import clean_line, clean_lines
from firegrid_app.places.letter_words import editions
from firegrid_app.places.rules import Wording, wording_wrong
from firegrid_app.places.tables import SignedLetter, StreetLetter
from firegrid_app.refusals import Refused
from firegrid_app.texts import DEFAULT, LANGUAGES, say

STREET = 1


def letter_view(session: Session, actor: Actor, code: str) -> LetterView:
    """What premises of a street (the first in reach when `code` is empty) sign now.

    Refuses `access.not_allowed`, `grids.unknown`, `access.outside_grid`, `places.street_only`.
    """
    picks = grids_in_scope(session, actor, Action.SET_DUTIES, level=STREET)
    if not picks:
        raise Refused("access.not_allowed")
    street = _street(session, actor, code or picks[0].code)
    own = _standing(session, [street.id or 0]).get(street.id or 0)
    return LetterView(
        code=street.code,
        name=street.name,
        picks=tuple((grid.code, grid.name) for grid in picks),
        own=own.id or 0 if own else 0,
        words=tuple(_said(own, language) for language in LANGUAGES),
        begun=tuple(
            _said(own, language) if own or language == DEFAULT else LetterWords(language)
            for language in LANGUAGES
        ),
    )


def write_letter(
    session: Session,
    actor: Actor,
    *,
    grid_code: str,
    words: Mapping[str, tuple[str, str]],
    now: datetime,
) -> StreetLetter:
    """Let premises of a street sign these words from the next day pack on: by language a title and
    the text line by line, in Chinese at least. Those before stay with whoever signed them.

    Refuses `places.street_only`, `places.letter_words`, `places.same_letter`.
    """
    street = _street(session, actor, grid_code)
    said = {
        language: Wording(clean_line(title, len(title)), tuple(clean_lines(text).splitlines()))
        for language, (title, text) in words.items()
        if language in LANGUAGES and (title.strip() or text.strip())
    }
    wrong = wording_wrong(said, DEFAULT)
    if wrong is not None:
        raise Refused("places.letter_words", **wrong)
    kept = {language: [one.title, *one.lines] for language, one in said.items()}
    old = _standing(session, [street.id or 0]).get(street.id or 0)
    if old is not None and old.words == kept:
        raise Refused("places.same_letter")
    _end_all(session, street, now)
    letter = StreetLetter(
        grid_id=street.id or 0, words=kept, made_by_id=actor.person_id, made_at=now
    )
    session.add(letter)
    audit(session, actor.person_id, "write_letter", f"{street.code} {said[DEFAULT].title}", now)
    session.flush()
    return letter


def end_letter(session: Session, actor: Actor, grid_code: str, now: datetime) -> None:
    """Premises of a street sign the letter that ships again.

    Refuses `places.street_only`, `places.no_own_letter`.
    """
    street = _street(session, actor, grid_code)
    if not _end_all(session, street, now):
        raise Refused("places.no_own_letter")
    audit(session, actor.person_id, "end_letter", street.code, now)
    session.flush()


def letters_for(session: Session, grids: Iterable[Grid]) -> dict[str, OwnLetter]:
    """For phones: by street of these grids its own letter. The caller has checked the grids."""
    codes = {code for grid in grids for code in grid.path.split("/") if code}
    rows = session.exec(
        select(Grid.id, Grid.code).where(col(Grid.code).in_(codes), Grid.level == STREET)
    )
    streets = {grid_id or 0: code for grid_id, code in rows}
    return {
        streets[grid_id]: OwnLetter(id=row.id or 0, words=row.words)
        for grid_id, row in sorted(_standing(session, streets).items())
    }


def is_letter_of(session: Session, actor: Actor, letter: StreetLetter, place_grid: Grid) -> bool:
    """May these words have been shown at this place? One that has ended may: phones work offline.
    So may those of a street the place has left, to who has a post there."""
    street = session.get(Grid, letter.grid_id)
    return street is not None and (
        place_grid.path.startswith(street.path)
        or any(post.grid_path.startswith(street.path) for post in actor.posts)
    )


def words_signed(session: Session, letters: Collection[SignedLetter]) -> dict[int, tuple[str, ...]]:
    """By paper what was shown to be signed, line by line. The caller has checked the place."""
    ids = {one.street_letter_id for one in letters} - {None}
    rows = session.exec(select(StreetLetter).where(col(StreetLetter.id).in_(ids)))
    own = {row.id: row.words for row in rows}
    return {
        one.paper_id: tuple(own[one.street_letter_id][one.language])
        if one.street_letter_id is not None
        else editions()[one.edition][one.language]
        for one in letters
    }


def _said(letter: StreetLetter | None, language: str) -> LetterWords:
    if letter is None:
        title, lines = say("signing.letter", language), editions()[max(editions())][language]
    else:
        title, *lines = letter.words.get(language) or [""]  # type: ignore[assignment]
    return LetterWords(language=language, title=title, text="\n".join(lines))


def _street(session: Session, actor: Actor, code: str) -> Grid:
    street = grid_by_code(session, actor, code, Action.SET_DUTIES)
    if street.level != STREET:
        raise Refused("places.street_only")
    return street


def _standing(session: Session, street_ids: Collection[int]) -> dict[int, StreetLetter]:
    rows = session.exec(
        select(StreetLetter)
        .where(col(StreetLetter.grid_id).in_(street_ids), col(StreetLetter.ended_at).is_(None))
        .order_by(col(StreetLetter.id))
    )
    return {row.grid_id: row for row in rows}


def _end_all(session: Session, street: Grid, now: datetime) -> bool:
    found = session.execute(
        update(StreetLetter)
        .where(col(StreetLetter.grid_id) == street.id, col(StreetLetter.ended_at).is_(None))
        .values(ended_at=now)
    )
    return bool(found.rowcount)  # type: ignore[attr-defined]
