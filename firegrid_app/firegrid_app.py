"""Builds the Reflex app: the table of pages, the head, the API behind the same port."""

import reflex as rx

from firegrid_app import routes
from firegrid_app.access import page as access
from firegrid_app.access.forget import ForgetOthers
from firegrid_app.access.state import PeopleState
from firegrid_app.alarms import page as alarms
from firegrid_app.alarms.state import AlarmsState
from firegrid_app.alerts import page as alerts
from firegrid_app.alerts.senders_state import SendersState
from firegrid_app.alerts.state import AlertsState
from firegrid_app.api import front, make_api
from firegrid_app.campaigns import page as campaigns
from firegrid_app.campaigns.state import CampaignsState
from firegrid_app.checklists import page as checklists
from firegrid_app.checklists.state import ChecklistState
from firegrid_app.city.partners_state import PartnersState
from firegrid_app.desk import page as desk
from firegrid_app.desk.state import DeskState
from firegrid_app.duties import page as duties
from firegrid_app.duties.plan_state import PlanState
from firegrid_app.duties.state import DutiesState
from firegrid_app.equipment import page as equipment
from firegrid_app.equipment.state import EquipmentState
from firegrid_app.handover import page as handover
from firegrid_app.hazards import page as hazards
from firegrid_app.hazards.filter_state import FilterState
from firegrid_app.hazards.one_state import HazardState
from firegrid_app.hazards.state import HazardsState
from firegrid_app.households import page as households
from firegrid_app.households.state import HouseholdsState
from firegrid_app.meetings import page as meetings
from firegrid_app.meetings.meeting_state import MeetingState
from firegrid_app.meetings.state import MeetingsState
from firegrid_app.messages import page as messages
from firegrid_app.messages.state import MessagesState
from firegrid_app.phone import pages as phone
from firegrid_app.phone.components import ErrorBoundary
from firegrid_app.places import page as places
from firegrid_app.places.letter_page import letters
from firegrid_app.places.letter_state import LettersState
from firegrid_app.places.one_state import PlaceState
from firegrid_app.places.state import PlacesState
from firegrid_app.points import page as points
from firegrid_app.points.state import PointsState
from firegrid_app.posting import page as posting
from firegrid_app.posting.state import PostingState
from firegrid_app.pwa.head import head
from firegrid_app.residents import page as residents
from firegrid_app.residents.state import ReportsState
from firegrid_app.rewards import page as rewards
from firegrid_app.rewards.state import RewardsState
from firegrid_app.rota import page as rota
from firegrid_app.rota.state import RotaState
from firegrid_app.shouts import page as shouts
from firegrid_app.shouts.log_state import ShoutLogState
from firegrid_app.shouts.log_view import shout_log
from firegrid_app.shouts.script_state import ScriptsState
from firegrid_app.shouts.scripts_view import scripts
from firegrid_app.shouts.state import EntriesState
from firegrid_app.supervision import page as supervision
from firegrid_app.supervision.state import WalksState
from firegrid_app.texts import say
from firegrid_app.training import page as training
from firegrid_app.training.drill_page import drills
from firegrid_app.training.drill_state import DrillState
from firegrid_app.training.state import TrainingState
from firegrid_app.ui.fault import answer_fault

app = rx.App(
    api_transformer=[make_api(), front],
    head_components=head(),
    html_lang="zh-CN",
    stylesheets=["/firegrid.css"],
    reset_style=False,
    # Instead of Reflex's own: no "cannot connect" overlay (being offline is normal here, and the
    # frame says so in a quiet line), no English error page.
    app_wraps={(55, "ErrorBoundary"): lambda _: ErrorBoundary.create()},
    toaster=None,
    backend_exception_handler=answer_fault,
)

app.add_middleware(ForgetOthers(), index=0)

PAGES = (
    (routes.HOME, phone.home, "phone.home_title", None),
    (routes.LOGIN, phone.login, "phone.login_title", None),
    (routes.INVITATION, phone.invitation, "phone.invitation_title", None),
    (routes.PATROL, phone.patrol, "phone.patrol_title", None),
    (routes.HAZARD, phone.hazard, "phone.hazard_title", None),
    (routes.HAZARDS, phone.hazards, "loop.title", None),
    (routes.SHOUT, phone.shout, "phone.shout_title", None),
    (routes.DOORS, phone.doors, "phone.doors_title", None),
    (routes.DUTIES, phone.duties, "duties.title", None),
    (routes.SHIFTS, phone.shifts, "phone.shifts_title", None),
    (routes.ALERTS, phone.alerts, "alerts.title", None),
    (routes.GRID_MAP, phone.grid_map, "phone.map_title", None),
    (routes.EQUIPMENT, phone.equipment, "phone.equipment_title", None),
    (routes.OUTBOX, phone.outbox, "phone.outbox_title", None),
    (routes.ME, phone.me, "phone.me_title", None),
    (routes.NOT_FOUND, phone.not_found, "phone.not_found_title", None),
    (routes.DESK, desk.desk, "desk.title", DeskState.load),
    (
        routes.DESK_HAZARDS,
        hazards.hazards,
        "loop.title",
        [HazardsState.load, FilterState.load, HazardState.open_asked],
    ),
    (routes.DESK_PLACES, places.places, "places.title", [PlacesState.load, PlaceState.load]),
    (routes.DESK_LETTERS, letters, "place_letters.title", LettersState.load),
    (routes.DESK_EQUIPMENT, equipment.equipment, "equipment.title", EquipmentState.load),
    (routes.DESK_ENTRIES, shouts.entries, "entries.title", EntriesState.load),
    (
        routes.REPORTS,
        residents.reports,
        "reports.title",
        [ReportsState.load, PartnersState.load, ReportsState.open_asked],
    ),
    (
        routes.REWARDS,
        rewards.rewards,
        "rewards.title",
        [RewardsState.load, RewardsState.open_asked],
    ),
    (routes.DESK_SCRIPTS, scripts, "scripts.title", ScriptsState.load),
    (routes.DESK_SHOUTS, shout_log, "shout_log.title", ShoutLogState.load),
    (routes.POINTS, points.points, "supervision.points_title", PointsState.load),
    (routes.CHECKLISTS, checklists.lists, "checklists.title", ChecklistState.load),
    (routes.ROTA, rota.rota, "rota.title", RotaState.load),
    (routes.WALKS, supervision.walks, "supervision.title", WalksState.load),
    (routes.DESK_DUTIES, duties.duties, "duties.title", [DutiesState.load, PlanState.load]),
    (routes.CAMPAIGNS, campaigns.campaigns, "campaigns.title", CampaignsState.load),
    (routes.HOUSEHOLDS, households.households, "households.title", HouseholdsState.load),
    (routes.ALARMS, alarms.alarms, "alarms.title", AlarmsState.load),
    (
        routes.MEETINGS,
        meetings.meetings,
        "meetings.title",
        [MeetingsState.load, MeetingState.again],
    ),
    (routes.DESK_MESSAGES, messages.messages, "messages.title", MessagesState.load),
    (routes.TRAINING, training.training, "training.title", TrainingState.load),
    (routes.DRILLS, drills, "training.drills_title", DrillState.load),
    (routes.DESK_ALERTS, alerts.alerts, "alerts.title", [AlertsState.load, SendersState.load]),
    (routes.POSTING, posting.posting, "posting.title", PostingState.load),
    (routes.PEOPLE, access.people, "access.people_title", PeopleState.load),
    (routes.TAKE_IN, handover.take_in, "handover.title", None),
)

for route, page, title, on_load in PAGES:
    app.add_page(page, route=route, title=f"{say(title)} · {say('ui.name')}", on_load=on_load)
