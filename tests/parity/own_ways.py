"""What each platform has in its own way, with the tests of its own that prove it."""

# ruff: noqa: E501 - names of tests are long

from __future__ import annotations

from collections.abc import Sequence

from capabilities import NO_BUTTONS, ONE_READER, Capability

# What each platform has in its own way: proven by tests of its own.
OWN_WAYS: Sequence[Capability] = (
    Capability(
        "An answer by a model grows while it is written",
        {
            "Slack": "tests/adapters/slack/test_streaming.py::test_a_models_answer_is_streamed_into_its_thread_after_a_status_line",
            "Teams": "tests/adapters/teams/test_stream.py::test_in_a_personal_chat_what_is_done_then_the_text_then_the_message_are_one",
        },
        {"Terminal": "the whole answer at once"},
    ),
    Capability(
        "Where it cannot grow, the whole answer is posted",
        {
            "Slack": "tests/adapters/slack/test_streaming.py::test_where_no_stream_can_be_begun_the_answer_is_posted",
            "Teams": "tests/adapters/teams/test_stream.py::test_where_others_read_nothing_is_streamed",
        },
        {"Terminal": "the whole answer at once"},
    ),
    Capability(
        "A belief is put right in a form of one's home",
        {
            "Slack": "tests/adapters/slack/test_forms.py::test_a_belief_is_put_right_in_a_form",
            "Teams": "tests/adapters/teams/test_dialogs.py::test_a_home_shows_beliefs_consent_and_what_the_champion_sees_and_a_belief_is_put_right_there",
        },
        {"Terminal": NO_BUTTONS},
    ),
    Capability(
        "An administrator sets a pilot up in a form, and mistakes are marked",
        {
            "Slack": "tests/adapters/slack/test_home.py::test_an_administrator_sees_what_runs_it_and_sets_up_a_pilot",
            "Teams": "tests/adapters/teams/test_dialogs.py::test_an_administrator_sets_a_pilot_up_from_their_home_and_what_is_wrong_is_marked",
        },
        {"Terminal": "`daytwo pilot FILE`"},
    ),
    Capability(
        "A champion's digest comes once, to them alone, with a picture",
        {
            "Slack": "tests/adapters/slack/test_digest.py::test_it_goes_to_the_champion_alone_with_a_picture_told_in_words",
            "Teams": "tests/adapters/teams/test_messenger.py::test_a_digest_opens_the_champions_own_chat_once_and_shows_as_a_card",
        },
        {"Terminal": "`daytwo demo` and `daytwo report` show it"},
    ),
    Capability(
        "Guests and other organizations are answered only from what is open to them",
        {
            "Slack": "tests/adapters/slack/test_manners.py::test_a_guest_is_answered_only_from_what_is_open_to_them",
            "Teams": "tests/adapters/teams/test_files.py::test_a_guest_is_not_answered_from_what_is_for_everyone_in_the_workspace",
        },
        {"Terminal": ONE_READER},
    ),
    Capability(
        "Several workspaces are served, each by itself",
        {
            "Slack": "tests/adapters/slack/test_install.py::test_two_workspaces_that_install_it_are_both_answered",
            "Teams": "tests/adapters/teams/test_registration.py::test_each_tenant_is_a_workspace_of_its_own_with_the_documents",
        },
        {"Terminal": ONE_READER},
    ),
    Capability(
        "One person on two platforms becomes one to the bot, by their word on both",
        {
            "Slack": "tests/parity/test_linking.py::test_who_confirms_it_in_both_places_is_one_person_until_they_say_otherwise",
            "Teams": "tests/parity/test_linking.py::test_who_confirms_it_in_both_places_is_one_person_until_they_say_otherwise",
        },
        {"Terminal": ONE_READER},
    ),
    Capability(
        "A group of the platform's takes part in a pilot, and is followed as people come and go",
        {"Slack": "tests/adapters/slack/test_groups.py::test_a_group_named_in_the_form_is_followed"},
        {"Teams": "Teams tells a bot of no groups; name people or channels", "Terminal": ONE_READER},
    ),
    Capability(
        "A vote counts that comes before the platform has said what it is on",
        {
            "Slack": "tests/adapters/test_talk_votes.py::test_a_word_that_comes_too_early_counts_once_the_answer_is_known",
            "Teams": "tests/adapters/teams/test_serve.py::test_a_thumb_counts_that_comes_before_teams_has_said_what_it_is_on",
        },
        {"Terminal": "said in words there"},
    ),
)
