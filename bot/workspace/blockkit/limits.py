"""Slack's published limits, one name each, with the page of Slack's documentation that gives the number.

Texts are counted in characters, lists in items, `.bytes` in UTF-8 bytes. Paths are below https://docs.slack.dev.
"""

from typing import Final

_BLOCKS: Final = "/reference/block-kit/blocks"
_ELEMENTS: Final = "/reference/block-kit/block-elements"
_OBJECTS: Final = "/reference/block-kit/composition-objects"
_POST: Final = "/reference/methods/chat.postMessage"
_UPDATE: Final = "/reference/methods/chat.update"
_UNPUBLISHED: Final = "https://github.com/slackapi/bolt-js/issues/2509"

_TABLE: Final[dict[str, tuple[int, str]]] = {
    # messages
    "message.blocks": (50, _BLOCKS),
    "message.text": (40_000, _POST),  # a longer text is cut when posted, not refused
    "message.update_text": (4_000, _UPDATE),
    "message.attachments": (100, _POST),
    "message.markdown_chars": (12_000, f"{_BLOCKS}/markdown-block"),
    "message.tables": (1, f"{_BLOCKS}/table-block"),
    "message.blocks_total_chars": (13_200, _UNPUBLISHED),
    # Slack names the error metadata_too_large but no number: ours is small on purpose.
    "metadata.bytes": (8_000, "/messaging/message-metadata"),
    # views
    "modal.blocks": (100, "/reference/views/modal-views"),
    "modal.title": (24, "/reference/views/modal-views"),
    "modal.submit": (24, "/reference/views/modal-views"),
    "modal.close": (24, "/reference/views/modal-views"),
    "modal.stack": (3, "/surfaces/modals"),
    "home.blocks": (100, "/reference/views/home-tab-views"),
    "view.bytes": (250_000, "/reference/methods/views.publish"),
    "view.private_metadata": (3_000, "/reference/views/modal-views"),
    "view.callback_id": (255, "/reference/views/modal-views"),
    "view.external_id": (255, "/reference/views/modal-views"),
    # what every block and element has
    "block.block_id": (255, _BLOCKS),
    "element.action_id": (255, _ELEMENTS),
    "text.text": (3_000, f"{_OBJECTS}/text-object"),
    # blocks
    "section.text": (3_000, f"{_BLOCKS}/section-block"),
    "section.fields": (10, f"{_BLOCKS}/section-block"),
    "section.field_text": (2_000, f"{_BLOCKS}/section-block"),
    "header.text": (150, f"{_BLOCKS}/header-block"),
    "context.elements": (10, f"{_BLOCKS}/context-block"),
    "context_actions.elements": (5, f"{_BLOCKS}/context-actions-block"),
    "actions.elements": (25, f"{_BLOCKS}/actions-block"),
    "input.label": (2_000, f"{_BLOCKS}/input-block"),
    "input.hint": (2_000, f"{_BLOCKS}/input-block"),
    "image.url": (3_000, f"{_BLOCKS}/image-block"),
    "image.alt_text": (2_000, f"{_BLOCKS}/image-block"),
    "image.title": (2_000, f"{_BLOCKS}/image-block"),
    "markdown.text": (12_000, f"{_BLOCKS}/markdown-block"),
    "table.rows": (100, f"{_BLOCKS}/table-block"),
    "table.columns": (20, f"{_BLOCKS}/table-block"),
    "data_table.rows": (201, f"{_BLOCKS}/data-table-block"),
    "data_table.columns": (20, f"{_BLOCKS}/data-table-block"),
    "data_table.chars": (20_000, f"{_BLOCKS}/data-table-block"),
    "data_table.page_size": (100, f"{_BLOCKS}/data-table-block"),
    "plan.tasks": (50, f"{_BLOCKS}/plan-block"),
    "alert.text": (200, f"{_BLOCKS}/alert-block"),
    "card.title": (150, f"{_BLOCKS}/card-block"),
    "card.subtitle": (150, f"{_BLOCKS}/card-block"),
    "card.body": (200, f"{_BLOCKS}/card-block"),
    "carousel.elements": (10, f"{_BLOCKS}/carousel-block"),
    "container.title": (150, f"{_BLOCKS}/container-block"),
    "container.subtitle": (150, f"{_BLOCKS}/container-block"),
    "container.child_blocks": (10, f"{_BLOCKS}/container-block"),
    "rich_text_list.indent": (8, f"{_BLOCKS}/rich-text-block"),
    # elements
    "button.text": (75, f"{_ELEMENTS}/button-element"),
    "button.value": (2_000, f"{_ELEMENTS}/button-element"),
    "button.url": (3_000, f"{_ELEMENTS}/button-element"),
    "button.accessibility_label": (75, f"{_ELEMENTS}/button-element"),
    "element.placeholder": (150, f"{_ELEMENTS}/select-menu-element"),
    "select.options": (100, f"{_ELEMENTS}/select-menu-element"),
    "select.option_groups": (100, f"{_ELEMENTS}/select-menu-element"),
    "overflow.options": (5, f"{_ELEMENTS}/overflow-menu-element"),
    "checkboxes.options": (10, f"{_ELEMENTS}/checkboxes-element"),
    "radio_buttons.options": (10, f"{_ELEMENTS}/radio-button-group-element"),
    "plain_text_input.max_length": (3_000, f"{_ELEMENTS}/plain-text-input-element"),
    "file_input.max_files": (10, f"{_ELEMENTS}/file-input-element"),
    # composition objects
    "option.text": (75, f"{_OBJECTS}/option-object"),
    "option.value": (150, f"{_OBJECTS}/option-object"),
    "option.description": (75, f"{_OBJECTS}/option-object"),
    "option.url": (3_000, f"{_OBJECTS}/option-object"),
    "option_group.label": (75, f"{_OBJECTS}/option-group-object"),
    "confirm.title": (100, f"{_OBJECTS}/confirmation-dialog-object"),
    "confirm.text": (300, f"{_OBJECTS}/confirmation-dialog-object"),
    "confirm.confirm": (30, f"{_OBJECTS}/confirmation-dialog-object"),
    "confirm.deny": (30, f"{_OBJECTS}/confirmation-dialog-object"),
}

LIMITS: Final[dict[str, int]] = {name: number for name, (number, _) in _TABLE.items()}
"""The largest value that Slack still accepts."""

SOURCES: Final[dict[str, str]] = {name: source for name, (_, source) in _TABLE.items()}
"""Where each number comes from."""
