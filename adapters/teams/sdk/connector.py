"""What is sent to Teams and checked of what comes from there, through botbuilder; dicts at its edge."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from botbuilder.core import TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, ChannelAccount, ConversationParameters, ConversationReference, Entity
from botframework.connector.models import ErrorResponseException
from msrest.exceptions import ClientRequestError, DeserializationError, HttpOperationError  # type: ignore[attr-defined]

from adapters.teams.reference import CHANNEL, Reference
from adapters.teams.sdk.tokens import Authentication, Registration
from bot.errors import Garbled, Refused, Unavailable, Unsure

# Nothing was done, and another attempt is worth it: so Teams' documentation of the statuses of its conversations says,
# which names no other; 401 is our token's end.
PASSING = frozenset({401, 412, 429, 502, 503, 504})
MEANS = {  # what Teams' codes mean for whoever reads the log
    "ConversationNotFound": "the conversation is gone",
    "BotNotInConversationRoster": "the bot was taken out of the conversation",
    "MessageWritesBlocked": "the person blocked the bot or took it off their apps",
    "ForbiddenOperationException": "the person blocked the bot, or an administrator does not let it write first",
    "BotDisabledByAdmin": "an administrator blocked the bot",
    "MessageSizeTooBig": "the message is too large",
    "ServiceError": "a fault of Teams",
}
# What went wrong before anything was sent, in the words of the libraries below.
NOT_BEGUN = re.compile("NewConnectionError|ConnectTimeout|NameResolution|ProxyError|SSLError", re.IGNORECASE)
GONE = frozenset({"ConversationNotFound", "BotNotInConversationRoster"})  # no use to try there again, ever


class Denied(Refused):
    """Teams refuses that."""

    def __init__(self, said: str, code: str) -> None:
        super().__init__(said)
        self.gone = code in GONE


class Connector:
    """Checks what comes from Teams and sends what goes there."""

    def __init__(self, registration: Registration) -> None:
        self._registration = registration
        self._authentication = Authentication(registration)
        self._adapter = CloudAdapter(self._authentication)

    async def verify(self, authorization: str, body: Mapping[str, object]) -> None:
        """Check an activity's token: issuer, signature, key endorsed for Teams, expiry, audience, service address.
        Raises Refused for whatever does not hold, Unavailable where the keys cannot be fetched just now."""
        activity = Activity(channel_id=body.get("channelId"), service_url=body.get("serviceUrl"))
        if activity.channel_id != CHANNEL or not activity.service_url:
            raise Refused("The activity is not from Teams, or names no service address.")
        try:
            known = await self._authentication.authenticate_request(activity, authorization)
        except Unavailable:
            raise
        except Exception as error:  # the SDK raises what its parts raise: any of it means that the token does not hold
            raise Refused(f"The token does not hold: {type(error).__name__}.") from error
        if "exp" not in known.claims_identity.claims:
            raise Refused("The token never expires.")

    async def send(
        self, reference: Reference, activity: Mapping[str, object], replaces: str = "", *, aside: bool = False
    ) -> str:
        """Post into the conversation, or put it in place of an earlier message; the message's id. `aside`: shown there
        to the reference's person alone. Raises Denied (for good),
        Unavailable (try again) or Unsure (it may be there)."""
        made = make_activity(activity)
        sent: list[str] = []

        async def post(context: TurnContext) -> None:
            TurnContext.apply_conversation_reference(made, TurnContext.get_conversation_reference(context.activity))
            made.reply_to_id = None  # the SDK puts a number of its own here, which names no message
            made.conversation = Open(conversation_of(reference))
            made.recipient = Open({"id": reference.user, "aadObjectId": reference.person}) if reference.user else None
            there = context.turn_state[CloudAdapter.BOT_CONNECTOR_CLIENT_KEY].conversations
            conversation = context.activity.conversation.id
            if replaces:
                made.id = replaces
                answer = await there.update_activity(conversation, replaces, made)
            elif aside:
                answer = await send_aside(there, conversation, made)
            else:
                answer = await there.send_to_conversation(conversation, made)
            sent.append((answer.id if answer else "") or replaces)

        with Outcome("take a message", self._authentication, once=True):
            await self._adapter.continue_conversation(
                to_sdk_reference(reference), post, bot_app_id=self._registration.app_id
            )
        return sent[0]

    async def open_direct(self, reference: Reference) -> str:
        """Open the direct conversation with the reference's person, or find the one there is; its id. Raises as
        `send`."""
        opened: list[str] = []

        async def keep(context: TurnContext) -> None:
            opened.append(context.activity.conversation.id)

        parameters = Opening(
            is_group=False,
            bot=ChannelAccount(id=reference.bot),
            members=[ChannelAccount(id=reference.user)],
            tenant_id=reference.tenant,
            channel_data={"tenant": {"id": reference.tenant}},
        )
        with Outcome("open a conversation", self._authentication):
            await self._adapter.create_conversation(
                self._registration.app_id,
                keep,
                parameters,
                channel_id=CHANNEL,
                service_url=reference.service,
            )
        return opened[0]

    async def member(self, reference: Reference, user: str) -> Mapping[str, object]:
        """What a conversation's roster says of a person. Raises as `send`."""
        connectors = self._authentication.connectors
        with Outcome("show a member", self._authentication):
            connector = await connectors.create(reference.service)
            found = await connector.conversations.get_conversation_member(reference.conversation, user)
        return {**(found.additional_properties or {}), "id": found.id, "name": found.name}


class Outcome:
    """What became of a call: the SDK's errors as ours, by whether trying again may help. `once`: what would be there
    twice where it is done again, so that it matters whether it may have been done."""

    def __init__(self, what: str, authentication: Authentication, *, once: bool = False) -> None:
        self._what, self._authentication = what, authentication
        self._unsure = Unsure if once else Unavailable

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, HttpOperationError):
            status = error.response.status_code
            if status == 401:
                self._authentication.credentials.forget()
            code = code_of(error)
            means = f" ({MEANS[code]})" if code in MEANS else " (too many at once)" if status == 429 else ""
            told = f"Teams did not {self._what}: {status} {code}".strip() + means
            if status in PASSING:
                raise Unavailable(told, retry_in=read_wait(error.response.headers.get("Retry-After"))) from error
            if status == 408 or status >= 500:
                raise self._unsure(told) from error
            raise Denied(told, code) from error
        if isinstance(error, ClientRequestError | OSError):
            begun = not NOT_BEGUN.search(repr(error))
            told = f"Teams {'gave no answer' if begun else 'could not be reached'} to {self._what}: {error}."
            raise (self._unsure if begun else Unavailable)(told) from error
        if isinstance(error, DeserializationError):
            raise self._unsure(f"Teams' answer to {self._what} cannot be read.") from error


def read_wait(told: str | None) -> float | None:
    """The seconds to wait that an answer's header asks for; None where it asks for none, or in a way not known."""
    return float(told) if told and told.isdecimal() else None


async def send_aside(there: Any, conversation: str, activity: Any) -> Any:
    """Post what one person alone sees, which the SDK cannot: Teams wants a parameter in the address for it."""
    address = there._client.format_url(
        there.send_to_conversation.metadata["url"],
        conversationId=there._serialize.url("conversation_id", conversation, "str"),
    )
    headers = {"Accept": "application/json", "Content-Type": "application/json; charset=utf-8"}
    body = there._serialize.body(activity, "Activity")
    request = there._client.post(address, {"isTargetedActivity": "true"}, headers, body)
    response = await there._client.async_send(request, stream=False)
    if response.status_code not in (200, 201, 202):
        raise ErrorResponseException(there._deserialize, response)
    return there._deserialize("ResourceResponse", response)


def code_of(error: HttpOperationError) -> str:
    """The error's own code, such as ConversationNotFound; "" where the answer holds none."""
    told = getattr(error.error, "error", None)
    return str(getattr(told, "code", "") or "")


class Open(Entity):  # type: ignore[misc]
    """An object that keeps all its fields as they are: the SDK's own entities keep their type alone, so that labels and
    citations vanish, and its conversations spell the tenant as Teams does not."""

    def __init__(self, given: Mapping[str, object]) -> None:
        super().__init__()
        names = {f"field_{place}": name for place, name in enumerate(given)}
        self._attribute_map = {
            field: {"key": name.replace(".", "\\."), "type": "object"} for field, name in names.items()
        }
        for field, name in names.items():
            setattr(self, field, given[name])


class Opening(ConversationParameters):  # type: ignore[misc]
    """What opens a conversation, the tenant spelt as Teams does."""

    _attribute_map: ClassVar[dict[str, dict[str, str]]] = {
        **ConversationParameters._attribute_map,
        "tenant_id": {"key": "tenantId", "type": "str"},
    }


def conversation_of(reference: Reference) -> Mapping[str, object]:
    """The conversation as Teams spells it."""
    return {
        "id": reference.conversation,
        "conversationType": reference.kind,
        "isGroup": reference.kind != "personal",
        "tenantId": reference.tenant,
    }


def make_activity(fields: Mapping[str, object]) -> Any:
    """An activity of the SDK's with everything in it that the dict holds. Raises Garbled for what it cannot hold."""
    entities = fields.get("entities")
    try:
        activity = Activity().deserialize({name: value for name, value in fields.items() if name != "entities"})
    except Exception as error:
        raise Garbled(f"This is no activity: {type(error).__name__}.") from error
    if isinstance(entities, list):
        activity.entities = [Open(one) for one in entities if isinstance(one, Mapping)]
    return activity


def to_sdk_reference(reference: Reference) -> Any:
    """A kept reference as the SDK's."""
    return ConversationReference().deserialize(
        {
            "channelId": CHANNEL,
            "serviceUrl": reference.service,
            "bot": {"id": reference.bot},
            "user": {"id": reference.user},
            "conversation": conversation_of(reference),
        }
    )
