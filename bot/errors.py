"""The four families of errors, by who has to act. An error's docstring is its default message."""


class DaytwoError(Exception):
    """Something went wrong."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or " ".join((self.__doc__ or "").split()))


class Refused(DaytwoError):
    """That cannot be done as asked."""


class Unavailable(DaytwoError):
    """I can't reach what I need just now."""

    def __init__(self, message: str = "", *, retry_in: float | None = None) -> None:
        super().__init__(message)
        self.retry_in = retry_in  # seconds that were asked for, None where nobody said


class Unsure(Unavailable):
    """I got no answer; it may have been done all the same."""


class Unknown(Refused):
    """It may have been done, and there is no way to find out; so it is not done again."""


class Garbled(DaytwoError):
    """What came from outside has a shape we do not know."""


class Misconfigured(DaytwoError):
    """A setting is missing or wrong."""


class Superseded(Unavailable):
    """Another worker has taken this work over; what was done here is dropped."""
