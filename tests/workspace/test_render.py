"""What a person would see, as text: whole pictures of messages, channels and the Home tab."""
# ruff: noqa: RUF001 - what is no value stands in pointed quotes

from rendering import MIRA, NOW, mrkdwn, picture, plain

from bot.workspace.render import render_channel, render_home, render_message, render_modal
from bot.workspace.render.reader import columns


def test_a_card_reads_like_a_card():
    message = {
        "ts": f"{int(NOW - 3600)}.000100",
        "user": "UB",
        "bot_id": "B1",
        "blocks": [
            {"type": "header", "text": plain("#142 Acme: the login is broken")},
            {
                "type": "section",
                "text": mrkdwn("Waiting since *<!date^1795428000^{date_short_pretty} at {time}|Monday>*"),
                "accessory": {
                    "type": "static_select",
                    "action_id": "category",
                    "options": [{"text": plain("Support"), "value": "s"}, {"text": plain("Billing"), "value": "b"}],
                    "initial_option": {"text": plain("Support"), "value": "s"},
                },
            },
            {"type": "section", "fields": [mrkdwn("*Owner*\nnobody yet"), mrkdwn("*Promise*\nnone")]},
            {"type": "context", "elements": [mrkdwn("3 kept, 1 moved before"), mrkdwn("from <@U2> in <#C1>")]},
            {
                "type": "actions",
                "elements": [
                    {"type": "button", "text": plain("Claim"), "style": "primary"},
                    {"type": "button", "text": plain("Acknowledge, back within 2 h")},
                    {"type": "overflow", "options": [{"text": plain("Park"), "value": "p"}]},
                ],
            },
        ],
    }
    assert render_message(message, MIRA) == picture("""
        Headsup APP  13:00
          #142 Acme: the login is broken
          Waiting since Today at 12:00   [ Support ▾ ]
          Owner                         Promise
          nobody yet                    none
          · 3 kept, 1 moved before  from @Carla Reyes in #requests
          [ Claim ] [ Acknowledge, back within 2 h ] [ ⋯ Park ]
    """)


def test_a_menu_shows_what_was_chosen_not_the_preset():
    menu = {
        "type": "static_select",
        "action_id": "category",
        "options": [],
        "initial_option": {"text": plain("Support"), "value": "s"},
    }
    chosen = {"type": "static_select", "selected_option": {"text": plain("Billing"), "value": "b"}}
    message = {
        "ts": "1795428000.0",
        "user": "U1",
        "blocks": [{"type": "actions", "block_id": "x", "elements": [menu]}],
        "state": {"values": {"x": {"category": chosen}}},
    }
    assert "[ Billing ▾ ]" in render_message(message, MIRA)
    chosen["selected_option"] = None
    assert "[ ‹Select an option› ▾ ]" in render_message(message, MIRA)


def test_a_channel_shows_days_threads_and_private_words():
    day = 86_400
    messages = [
        {"ts": f"{NOW - day}", "user": "U2", "text": "Our login is broken"},
        {"ts": f"{NOW - 60}", "user": "U1", "text": "Looking", "thread_ts": f"{NOW - day}"},
        {"ts": f"{NOW - 120}", "user": "UB", "bot_id": "B", "text": "Only members may do that.", "is_ephemeral": True},
        {"ts": f"{NOW - 30}", "user": "U2", "text": "Thanks &lt;3", "edited": {"user": "U2"}},
    ]
    assert render_channel("#acme-shared", messages, MIRA) == picture("""
        #acme-shared
        ────────────────────────────────────────

        ── Yesterday ──

        Carla Reyes  14:00
          Our login is broken
           ╰ Mira Lahtinen  13:59
               Looking

        ── Today ──

        Headsup APP  13:58  Only visible to you
          Only members may do that.

        Carla Reyes  13:59 (edited)
          Thanks <3
    """)


def test_an_empty_channel_says_so():
    assert "Nothing here yet." in render_channel("#requests", [], MIRA)


def test_a_frame_stays_straight_around_wide_letters_and_long_words():
    view = {
        "type": "modal",
        "title": plain("请求"),
        "blocks": [{"type": "section", "text": plain("登录页面坏了 " * 9 + "x" * 30)}],
    }
    assert len({columns(line) for line in render_modal(view, MIRA).split("\n")}) == 1


def test_a_home_tab_is_shown_or_said_to_be_missing():
    assert "My queue" in render_home({"type": "home", "blocks": [{"type": "header", "text": plain("My queue")}]}, MIRA)
    assert "not been published" in render_home(None, MIRA)


def test_a_block_nobody_knows_is_shown_as_what_it_is():
    message = {"ts": "1795428000.0", "user": "U1", "blocks": [{"type": "hologram"}]}
    assert "(hologram block)" in render_message(message, MIRA)
