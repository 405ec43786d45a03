"""Every id that Slack hands back to us, and the only codec for what buttons and windows carry with them."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from bot.blocks.limits import LIMITS, width

VERSION = "1"
"""Written in front of every value; a value of another version belongs to an older card."""


class Action(StrEnum):
    """Buttons and menus (`action_id`)."""

    CLAIM = "claim_request"
    SET_CATEGORY = "set_category"
    SUGGESTION_1 = "review_first_suggestion"
    SUGGESTION_2 = "review_second_suggestion"
    SUGGESTION_3 = "review_third_suggestion"
    MORE = "open_more"
    REOPEN = "reopen_request"
    RESUME = "resume_request"
    CLOSE = "close_request"
    SHOW_TEXT = "show_text"
    SHOW_NEXT_PART = "show_next_part"
    SHOW_PREVIOUS_PART = "show_previous_part"
    SHOW_STATUS = "show_status"

    UNDO = "undo_reply"
    RETRY = "retry_reply"
    EDIT = "edit_reply"
    ARRIVED = "mark_arrived"
    DROP = "drop_reply"

    ANSWERED = "mark_answered"
    DELAY = "open_delay_form"
    ON_IT = "on_it"
    SNOOZE = "snooze_promise"
    RELEASE_PROMISE = "release_promise"
    HAND_OVER = "open_hand_over"

    WORKS = "answer_works"
    SOONER = "answer_sooner"
    CALL = "answer_call"

    NEW_REQUEST = "open_new_request"
    PROFILE = "open_profile"
    LINK_CHANNEL = "open_link_channel"
    UNLINK_CHANNEL = "unlink_channel"
    LIST_OPEN = "list_open"
    LIST_MINE = "list_mine"
    HELP = "show_help"

    AWAY_HAND_OVER = "hand_over_while_away"
    AWAY_MOVE = "move_while_away"
    AWAY_KEEP = "keep_while_away"
    AWAY_TAKE_BACK = "take_back_absence"
    AWAY_REPLACE = "replace_absence"
    AWAY_MEANT = "enter_long_absence"

    SETTINGS = "open_settings"
    TEAM_HOURS = "open_team_hours"
    HOLIDAYS = "open_holidays"
    HOLIDAY_YEAR = "show_holiday_year"
    CONFIRM_HOLIDAYS = "open_holidays_to_confirm"
    SPECIAL_DAYS = "open_special_days"
    REMOVE_DAY = "remove_special_day"
    MY_HOURS = "open_my_hours"
    AWAY_SIGNS = "open_away_signs"


SUGGESTIONS = (Action.SUGGESTION_1, Action.SUGGESTION_2, Action.SUGGESTION_3)
"""The places of the suggestion buttons on a card; which suggestion it is stands in the value."""


class Window(StrEnum):
    """Modals (`callback_id`)."""

    REVIEW = "review_reply"
    SENDING = "sending_reply"
    DELAY = "delay_form"
    MORE = "more"
    HAND_OVER = "hand_over"
    WAIT = "wait"
    NEW_REQUEST = "new_request"
    PROFILE = "profile"
    LINK_CHANNEL = "link_channel"
    TEXT = "whole_text"
    STATUS = "status"
    NOTICE = "notice"
    HOME = "home"
    AWAY = "away"
    AWAY_HAND_OVER = "hand_over_while_away"
    SETTINGS = "settings"
    TEAM_HOURS = "team_hours"
    HOLIDAYS = "holidays"
    SPECIAL_DAYS = "special_days"
    MY_HOURS = "my_hours"
    AWAY_SIGNS = "away_signs"


class Shortcut(StrEnum):
    """Shortcuts (`callback_id`)."""

    NEW_REQUEST = "new_client_request"
    MAKE_REQUEST = "make_client_request"


class Field(StrEnum):
    """Inputs: both `block_id` and `action_id`, and the `field` of a FieldError."""

    TEXT = "text"
    PROMISE_KIND = "promise_kind"
    DUE_AT = "due_at"
    REPLACES = "replaces"
    HAPPENED = "happened"
    DOING = "doing"
    NEW_DUE_AT = "new_due_at"
    CHOICE = "choice"
    VERB = "verb"
    TO = "to"
    UNTIL = "until"
    REASON = "reason"
    CLIENT = "client"
    CONTACT = "contact"
    CATEGORY = "category"
    NAME = "name"
    LANGUAGE = "language"
    TZ = "tz"
    TONE = "tone"
    NOTES = "notes"
    FIRST_ANSWER = "first_answer"
    NEXT_ANSWER = "next_answer"
    FROM = "from"
    WEEK = "week"
    COUNTRY = "country"
    REGION = "region"
    DAYS_1 = "first_days"
    DAYS_2 = "second_days"
    DAYS_3 = "third_days"
    DAYS_4 = "fourth_days"
    HALF_DAYS = "half_days"
    DATE = "date"
    OPENING = "opening"
    OPEN_HOURS = "open_hours"
    NOTE = "note"
    HOURS_KIND = "hours_kind"
    WITHIN = "within"
    STAND_IN = "stand_in"
    AWAY_WORDS = "away_words"
    AWAY_EMOJI = "away_emoji"


DAYS = (Field.DAYS_1, Field.DAYS_2, Field.DAYS_3, Field.DAYS_4)
"""The places of the holidays of a year, ten in each: more choices do not fit into one input."""


def apart(field: Field, key: str | int) -> str:
    """Return an `action_id` of its own for each key.

    Slack keeps what was chosen in an input of the same `block_id` and `action_id` when a window is updated: a menu
    whose choices have changed must not be the same input (docs.slack.dev/reference/methods/views.update).
    """
    return f"{field}_{key}"


class MoreVerb(StrEnum):
    """What the More window offers."""

    HAND_OVER = "hand_over"
    RELEASE = "release"
    RESUME = "resume"
    WAIT_CLIENT = "wait_client"
    WAIT_SUPPLIER = "wait_supplier"
    PARK = "park"
    CLOSE = "close"
    NOT_A_REQUEST = "not_a_request"
    REOPEN = "reopen"
    PROFILE = "profile"


def encode(room: str = "option.value", /, **facts: str | int) -> str:
    """Return the facts as one string; at most 150 characters, so that it fits everywhere, unless `room` names more.

    Raises ValueError when it is longer: a programming error, since only ids, keys and short names belong here.
    """
    value = "&".join([VERSION, *(f"{name}={_escape(str(fact))}" for name, fact in facts.items())])
    if width(value) > LIMITS[room]:
        raise ValueError(f"a value of {width(value)} characters does not fit")
    return value


def decode(value: str | None) -> Mapping[str, str]:
    """Return what `encode` was given. Raises ValueError for a value that is not ours or of another version."""
    version, *parts = (value or "").split("&")
    if version != VERSION or not all("=" in part for part in parts):
        raise ValueError("not a value of this version")
    pairs = (part.split("=", 1) for part in parts)
    return MappingProxyType({name: _unescape(fact) for name, fact in pairs})


def _escape(fact: str) -> str:
    return fact.replace("%", "%25").replace("&", "%26").replace("=", "%3D")


def _unescape(fact: str) -> str:
    return fact.replace("%3D", "=").replace("%26", "&").replace("%25", "%")
