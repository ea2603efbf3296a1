"""Settings: the environment, and a `.env` beside the process, read once into one frozen value.

`daytwo settings` and `docs/settings.md` list them from here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import Misconfigured

PREFIX = "DAYTWO_"


class Settings(BaseSettings):
    """Everything that can be set; each name is prefixed with DAYTWO_ in the environment."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", frozen=True, extra="ignore")

    database_url: str = Field(
        "sqlite+aiosqlite:///daytwo.db", description="Where everything is kept: SQLite, or postgresql+asyncpg://…"
    )
    workspace: str = Field(
        "local", description="The workspace that the terminal and the folder of documents belong to."
    )
    docs: Path = Field(Path("docs"), description="The folder of documents that answers come from.")
    sources: Path | None = Field(
        None, description="A TOML file that names several folders and who may read each, in place of DAYTWO_DOCS."
    )
    sync_minutes: float = Field(
        30.0, ge=0, description="How often a running server takes in what changed in the documents; 0 is never."
    )
    embeddings: Path | None = Field(
        None,
        description="A folder with a model2vec model (extra `semantic`), to find passages by meaning too.",
    )
    owner: str = Field("the pilot's owner", description="Whom a declined question is pointed to.")

    admins: str = Field(
        "",
        description="Ids, by commas, of who may set up pilots in the chat, beside the workspace's own administrators.",
    )

    engine: Literal["auto", "offline", "claude"] = Field(
        "auto", description="Who writes answers: Claude where a key is set (auto), always, or never."
    )
    claude_through: Literal["anthropic", "bedrock", "vertex"] = Field(
        "anthropic", description="Who serves Claude: Anthropic, Amazon Bedrock or Google Vertex AI (each an extra)."
    )
    claude_region: str = Field("", description="The cloud's region, for Bedrock and Vertex.")
    vertex_project: str = Field("", description="The Google Cloud project, for Vertex.")
    anthropic_api_key: SecretStr | None = Field(
        None,
        description="The key for Claude; on Bedrock and Vertex a bearer token in place of the cloud's credentials.",
    )
    anthropic_base_url: str | None = Field(None, description="Another address of the Messages API, such as a gateway.")
    answer_model: str = Field("claude-sonnet-5-5", description="The model that writes answers.")
    observe_model: str = Field(
        "claude-haiku-5-5", description="The model that helps observe, if `observe_with_claude`."
    )
    observe_with_claude: bool = Field(False, description="Let a model add observations, each checked word for word.")
    model_seconds: float = Field(30.0, gt=0, description="How long a model may take before the offline engine answers.")
    prices: str = Field(
        "",
        description='Own prices over the built-in ones, as JSON: {"model": {"input": 3, "output": 15}}, in US '
        "dollars a million tokens.",
    )
    budget_person_day: float = Field(2.0, ge=0, description="US dollars a person's questions may cost a day.")
    budget_pilot_day: float = Field(50.0, ge=0, description="US dollars a pilot may cost a day.")

    slack_bot_token: SecretStr | None = Field(None, description="xoxb-…, from the app's installation.")
    slack_app_token: SecretStr | None = Field(None, description="xapp-…, for Socket Mode (no public address needed).")
    slack_signing_secret: SecretStr | None = Field(None, description="For HTTP: how Slack's requests are verified.")
    slack_client_id: str | None = Field(
        None, description="For several workspaces: the app's client id; they install it from its page /slack/install."
    )
    slack_client_secret: SecretStr | None = Field(None, description="The app's client secret, with the client id.")
    slack_host: str = Field("", description="The public host name that leads to the installation page.")
    slack_authorize_url: str = Field(
        "https://slack.com/oauth/v2/authorize", description="Where Slack asks an administrator; another one for tests."
    )
    secrets_key: SecretStr | None = Field(
        None,
        description="Seals the tokens of installations in the database; `daytwo init key` prints one. An earlier key "
        "goes behind the new one, by a comma.",
    )
    uninstall_days: float = Field(
        30.0, ge=0, description="How many days after the app was removed all that is kept of a workspace is deleted."
    )
    slack_api_url: str = Field("https://slack.com/api/", description="Another address of Slack's Web API, for tests.")
    slack_speed: float = Field(
        1.0,
        gt=0,
        description="How many of Slack's seconds pass in one, for tests: its limits are held that much faster.",
    )

    link_people: bool = Field(
        False,
        description="Let a person who writes on Slack and on Teams become one, by their word on both and one e-mail "
        "address.",
    )

    teams_app_id: str | None = Field(None, description="The bot's Microsoft Entra application id.")
    teams_app_password: SecretStr | None = Field(None, description="Its client secret; none for a managed identity.")
    teams_tenant_id: str | None = Field(
        None, description="Its tenant, the only one that is served; of a multi-tenant bot all that are, by commas."
    )
    teams_registration: Literal["single-tenant", "multi-tenant", "managed-identity"] = Field(
        "single-tenant", description="How the bot is registered in Azure, which decides how it gets its own tokens."
    )
    teams_identity_url: str = Field(
        "http://169.254.169.254/metadata/identity/oauth2/token",
        description="Where a managed identity gets tokens; on App Service its IDENTITY_ENDPOINT.",
    )
    teams_identity_header: SecretStr | None = Field(
        None, description="On App Service its IDENTITY_HEADER, for a managed identity."
    )
    teams_asides: bool = Field(
        False,
        description="Show what is for one person to them alone where others read (targeted messages, which not every "
        "tenant has: try it in a test team first); if not, it goes to their own chat.",
    )
    teams_login_url: str = Field(
        "https://login.microsoftonline.com/",
        description="Where the bot gets its own tokens; another one for tests.",
    )
    teams_issuer: str = Field(
        "https://api.botframework.com", description="Who issues the tokens of Teams' activities; another one for tests."
    )
    teams_keys_url: str = Field(
        "https://login.botframework.com/v1/.well-known/openidconfiguration",
        description="Where that issuer's keys are described; another one for tests.",
    )
    teams_without_authentication: bool = Field(
        False, description="For development on loopback only: accept unsigned activities."
    )

    host: str = Field("127.0.0.1", description="The address the server listens on.")
    port: int = Field(3978, ge=1, le=65535, description="The port the server listens on.")

    retention_days: int = Field(365, ge=1, description="How long messages' words, feedback and the audit are kept.")

    @field_validator("slack_bot_token")
    @classmethod
    def check_bot_token(cls, value: SecretStr | None) -> SecretStr | None:
        """A bot token starts with xoxb-; a user token or an app token is a common slip."""
        if value and value.get_secret_value() and not value.get_secret_value().startswith("xoxb-"):
            raise ValueError("must be a bot token, which starts with xoxb-")
        return value

    @property
    def has_slack(self) -> bool:
        """Whether Slack is connected."""
        return bool(self.slack_bot_token or self.slack_client_id)

    @property
    def has_teams(self) -> bool:
        """Whether Teams is connected."""
        return self.teams_without_authentication or bool(self.teams_app_id)


def read_settings() -> Settings:
    """Read the environment; raises Misconfigured naming the setting that is wrong and why."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise Misconfigured(f"{name}: {first['msg'].removeprefix('Value error, ')}.") from error


def list_settings() -> list[tuple[str, str, str]]:
    """(name in the environment, default, what it is for), in order."""
    return [
        (PREFIX + name.upper(), "" if field.default is None else str(field.default), field.description or "")
        for name, field in Settings.model_fields.items()
    ]


def reveal(secret: SecretStr | None) -> str:
    """A secret's words; "" where it is not set."""
    return secret.get_secret_value() if secret else ""
