"""What the page of training holds: courses of a grid, certificates, one's own, the open form."""

from typing import Any

import reflex as rx

from firegrid_app.access.desk_session import Said, day_in, look, number_in, show, text_in, way_out
from firegrid_app.access.grid_page_state import GridPageState
from firegrid_app.training import before_post, certificates, courses
from firegrid_app.training.cards import CourseCard, TrainingView
from firegrid_app.training.service import course_card, training_view

FORMS = ("plan", "certificate", "pre_post")


class TrainingState(GridPageState, rx.State):
    """Training as one person sees it."""

    view: TrainingView = TrainingView()
    course: CourseCard = CourseCard()
    """The course being ticked; without an id none is."""
    form: str = ""
    """Which form is open, one of `FORMS`."""
    all_came: bool = False

    @rx.event
    def ask(self, form: str) -> None:
        """Open one of the forms, or none."""
        self._drop()
        self.form = form if form in FORMS else ""

    @rx.event
    def tick_all(self) -> None:
        """Tick everybody, or nobody again."""
        self.all_came = not self.all_came

    @rx.event
    async def open(self, course: int) -> Any:
        """Begin to tick who was at a course."""
        number = number_in(course)
        if not number:
            return None
        self._drop()
        answer = await look(
            self, lambda session, actor, now: course_card(session, actor, number, now)
        )
        self.form_said = answer.said
        if answer.value is not None:
            self.course = answer.value
        return way_out(answer.said)

    @rx.event
    async def plan(self, form: dict[str, Any]) -> Any:
        """Put a course on the plan; a refusal stands beside the button."""
        names = ("kind", "subject", "title", "audience", "hours", "trainer", "place")
        given = {name: text_in(form, name, 120) for name in names}
        code, day = self.view.code, text_in(form, "day", 10)
        return await self._do(
            lambda session, actor, now: courses.plan_course(
                session, actor, grid_code=code, day=day_in(day), now=now, **given
            )
        )

    @rx.event
    async def note(self, form: dict[str, Any]) -> Any:
        """These were there."""
        course, others = self.course.id, text_in(form, "others", 12)
        came = [one.person for one in self.course.people if text_in(form, f"came {one.person}", 5)]
        return await self._do(
            lambda session, actor, now: courses.note_who_was_there(
                session, actor, course, came=came, others=others, now=now
            )
        )

    @rx.event
    async def drop_course(self, course: int) -> Any:
        """Take a course off the plan."""
        number = number_in(course)
        if not number:
            return None
        return await self._do(
            lambda session, actor, now: courses.drop_course(session, actor, number, now)
        )

    @rx.event
    async def enter(self, form: dict[str, Any]) -> Any:
        """Enter a certificate."""
        given = {name: text_in(form, name, 120) for name in ("kind", "number", "issuer")}
        person = text_in(form, "person", 9)
        issued, expires = text_in(form, "issued_on", 10), text_in(form, "expires_on", 10)
        return await self._do(
            lambda session, actor, now: certificates.enter_certificate(
                session,
                actor,
                int(person) if person.isascii() and person.isdigit() else 0,
                issued_on=day_in(issued),
                expires_on=day_in(expires) if expires else None,
                now=now,
                **given,
            )
        )

    @rx.event
    async def end_certificate(self, certificate: int) -> Any:
        """Take a certificate off the register."""
        number = number_in(certificate)
        if not number:
            return None
        return await self._do(
            lambda session, actor, now: certificates.end_certificate(session, actor, number, now)
        )

    @rx.event
    async def ask_for_training(self, form: dict[str, Any]) -> Any:
        """From which day on the training before the post is asked for; no day: not at all."""
        code, since = self.view.code, text_in(form, "since_on", 10)
        return await self._do(
            lambda session, actor, now: before_post.ask_for_training(
                session, actor, code, day_in(since) if since else None, now
            )
        )

    def _drop(self) -> None:
        self.form, self.course, self.all_came = "", CourseCard(), False
        self.form_said = Said()

    async def _show(self, code: str) -> Any:
        return await show(
            self, lambda session, actor, now: training_view(session, actor, code, now)
        )
