"""The stores and engines that every flow works with, opened and closed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.flows.means import Means
from bot.operations.cost import read_prices
from bot.settings import Settings
from bot.wiring.engines import make_engine, make_observer


@asynccontextmanager
async def open_means(settings: Settings) -> AsyncIterator[Means]:
    """The stores and engines that the settings name, closed again at the end. Raises Misconfigured, Unavailable."""
    from adapters.embedder import load_embedder
    from adapters.slack import limits as slack
    from adapters.teams import limits as teams
    from storage.linked import link_people
    from storage.sql import open_sql

    paces = {**slack.make_paces(settings.slack_speed), **teams.PACES}
    async with (
        open_sql(settings.database_url, paces=paces, embedder=load_embedder(settings.embeddings)) as stores,
        AsyncExitStack() as stack,
    ):
        engine, observer = make_engine(settings), make_observer(settings)
        for model in (engine, observer):
            if model:
                stack.push_async_callback(model.close)
        yield Means(
            stores=link_people(stores) if settings.link_people else stores,
            engine=engine,
            observer=observer,
            owner=settings.owner,
            links_people=settings.link_people,
            admins=frozenset(one.strip() for one in settings.admins.split(",") if one.strip()),
            model=settings.answer_model,
            prices=read_prices(settings.prices),
            budget_person_day=settings.budget_person_day,
            budget_pilot_day=settings.budget_pilot_day,
        )
