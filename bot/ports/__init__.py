"""What the core needs from outside, as protocols, and the values that pass through them."""

from bot.ports.outside import Clock, Directory, Engine, Messenger, Observer, Progress
from bot.ports.pilots import Pilots
from bot.ports.stores import (
    Consents,
    Conversations,
    Inbox,
    Journal,
    Knowledge,
    Links,
    Outbox,
    SelfModels,
    Stores,
    Vault,
)
from bot.ports.values import Content, Delivery, Effects, Event, Lease, Notice, Outgoing, Pace, Sending

__all__ = [
    "Clock",
    "Consents",
    "Content",
    "Conversations",
    "Delivery",
    "Directory",
    "Effects",
    "Engine",
    "Event",
    "Inbox",
    "Journal",
    "Knowledge",
    "Lease",
    "Links",
    "Messenger",
    "Notice",
    "Observer",
    "Outbox",
    "Outgoing",
    "Pace",
    "Pilots",
    "Progress",
    "SelfModels",
    "Sending",
    "Stores",
    "Vault",
]
