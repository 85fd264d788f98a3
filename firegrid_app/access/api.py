"""Log-in routes: enter, leave, who am I, my devices, invitations."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, StringConstraints

from firegrid_app import clock
from firegrid_app.access import guessing, joining, service
from firegrid_app.access.keys import own_key
from firegrid_app.access.passwords import password_matches
from firegrid_app.access.rules import mask_phone
from firegrid_app.access.session import (
    COOKIE,
    actor_of,
    address_of,
    cookie_of,
    device_of,
    set_cookie,
)
from firegrid_app.database import reading, transaction
from firegrid_app.refusals import Refused

router = APIRouter(prefix="/api", tags=["access"])

Text = Annotated[str, StringConstraints(max_length=200)]


class Credentials(BaseModel):
    """Body of a log-in."""

    model_config = ConfigDict(extra="forbid")

    phone: Text
    password: Text


class NewPassword(BaseModel):
    """Body of accepting an invitation. The token comes in the body, not in a logged address."""

    model_config = ConfigDict(extra="forbid")

    token: Text
    password: Text


class Token(BaseModel):
    """Body of looking at an invitation."""

    model_config = ConfigDict(extra="forbid")

    token: Text


@router.post("/session")
def log_in(request: Request, credentials: Credentials) -> Response:
    """Log in by phone and password; sets the session cookie, answers `MeCard` and `key`.

    Refuses `access.bad_phone`, `access.slow_down`, `access.wrong_password`, `access.switched_off`.
    """
    now, address = clock.now(), address_of(request)
    phone = service.clean_phone(credentials.phone)
    with reading() as session:
        guessing.refuse_guessing(session, phone, address, now)
        known = guessing.person_by_phone(session, phone)
        password_hash = known.password_hash if known else None
    # Hashing takes its time; no transaction is held open over it.
    fits = password_matches(credentials.password, password_hash)
    with transaction() as session:
        opened = guessing.enter(
            session,
            phone=phone,
            address=address,
            password_fits=fits,
            device=device_of(request),
            now=now,
        )
    if opened is None:
        raise Refused("access.wrong_password")
    return _entered(request, opened)


def _entered(request: Request, opened: service.OpenedSession) -> Response:
    now = clock.now()
    with transaction() as session:
        actor = service.actor_for_token(session, opened.token, now)
        content = asdict(service.me(session, actor, now)) | {"key": own_key(session, actor, now)}
    response = JSONResponse(content)
    set_cookie(request, response, opened)
    return response


@router.delete("/session", status_code=204)
def log_out(request: Request) -> Response:
    """End this device's log-in. Always succeeds: whoever is out already is out."""
    with transaction() as session:
        service.leave(session, cookie_of(request), clock.now())
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/me")
def who_am_i(request: Request) -> dict[str, Any]:
    """`MeCard` of the person logged in."""
    with reading() as session:
        actor = actor_of(session, request)
        return asdict(service.me(session, actor, clock.now()))


@router.get("/key")
def my_key(request: Request) -> dict[str, Any]:
    """One's own key, for a phone that was logged in before there were keys."""
    now = clock.now()
    with transaction() as session:
        actor = actor_of(session, request)
        key = own_key(session, actor, now)
        service.audit(session, actor.person_id, "key_given", "", now)
    return {"person_id": actor.person_id, "key": key}


@router.get("/sessions")
def devices(request: Request) -> list[dict[str, Any]]:
    """One's own logged-in devices (`SessionCard`)."""
    with reading() as session:
        actor = actor_of(session, request)
        return [asdict(card) for card in service.my_sessions(session, actor, clock.now())]


@router.delete("/sessions/{session_id}", status_code=204)
def end_device(request: Request, session_id: int) -> Response:
    """End one of one's own log-ins on another device."""
    with transaction() as session:
        actor = actor_of(session, request)
        service.close_session(session, actor, session_id, clock.now())
    return Response(status_code=204)


@router.post("/invitation/look")
def look_at_invitation(invited: Token) -> dict[str, str]:
    """Whose invitation this is, to greet them: name and masked phone."""
    with reading() as session:
        _, person = joining.open_invitation(session, invited.token, clock.now())
        return {"name": person.name, "phone": mask_phone(person.phone)}


@router.post("/invitation/accept")
def accept_invitation(request: Request, chosen: NewPassword) -> Response:
    """Set the first password and log in; the answer is that of a log-in."""
    with transaction() as session:
        opened = joining.accept_invitation(
            session, chosen.token, chosen.password, device_of(request), clock.now()
        )
    return _entered(request, opened)
