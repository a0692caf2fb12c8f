"""Hosts abroad, study visits, and what follows: taking part, reports, deliveries, what came of it."""

from visits.models.attendance import Attendee, TravelQuestion, VisitInvitation
from visits.models.delivery import Delivery, Dispatch, Subscription
from visits.models.followup import Outcome, Proposal, Workshop
from visits.models.host import Host
from visits.models.report import Lesson, Report, ReportEdition, ReportJustification
from visits.models.report_parts import (
    LessonWording,
    ReportAnswer,
    ReportFigure,
    ReportFile,
    ReportSection,
    SectionVersion,
)
from visits.models.visit import ProgrammeItem, StudyVisit, Theme

__all__ = [
    "Attendee", "Delivery", "Dispatch", "Host", "Lesson", "LessonWording", "Outcome", "ProgrammeItem",
    "Proposal", "Report", "ReportAnswer", "ReportEdition", "ReportFigure", "ReportFile",
    "ReportJustification", "ReportSection", "SectionVersion", "StudyVisit", "Subscription", "Theme",
    "TravelQuestion", "VisitInvitation", "Workshop",
]  # fmt: skip
