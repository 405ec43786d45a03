from bot.domain.categories import CATEGORIES, LANE, category_of, is_category


def test_the_six_categories_stand_in_the_order_in_which_lists_show_them():
    keys = [row.key for row in CATEGORIES]
    assert keys == ["support", "new_work", "complaint", "billing", "follow_up", "thanks"]


def test_names_and_emoji_tell_categories_apart():
    assert len({row.name for row in CATEGORIES}) == len(CATEGORIES)
    assert len({row.emoji for row in CATEGORIES}) == len(CATEGORIES)


def test_names_and_descriptions_fit_an_option_of_a_select():
    """Slack: an option's text and its description take 75 characters each."""
    assert all(len(f"{row.emoji} {row.name}") <= 75 and len(row.description) <= 75 for row in CATEGORIES)


def test_the_default_lane_is_a_category():
    assert is_category(LANE)
    assert not is_category("")
    assert not is_category("Support")


def test_a_stored_key_shows_its_row():
    assert category_of("follow_up").name == "Follow-up"


def test_a_key_that_left_the_table_still_reads_as_words():
    assert category_of("brand_talks").name == "Brand talks"
    assert category_of("").name == "Other"
