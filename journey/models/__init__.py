"""The tables of the instrument: who, what happened, and how the journey is drawn."""

from journey.models.change import Change
from journey.models.event import Context, DeadEvent, Event, Fact, SpooledBatch, Touched
from journey.models.participant import Participant
from journey.models.privacy import Consent, Forgotten, Horizon
from journey.models.variant import Arm, Experiment, RampStep, Variant, VariantVersion

__all__ = [
    "Arm",
    "Change",
    "Consent",
    "Context",
    "DeadEvent",
    "Event",
    "Experiment",
    "Fact",
    "Forgotten",
    "Horizon",
    "Participant",
    "RampStep",
    "SpooledBatch",
    "Touched",
    "Variant",
    "VariantVersion",
]
