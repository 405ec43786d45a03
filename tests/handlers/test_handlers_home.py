"""App Home: mine, by time, and the guide until everything is set up."""

from slack_floor import Floor, shown


async def test_home_guides_through_the_first_steps_and_then_shows_the_day(floor: Floor):
    floor.control.open_home("@mira")
    home = await floor.until(lambda: floor.control.home("@mira"))
    assert "Hello" in shown(home)
    assert "/headsup client" in shown(home)

    number = await floor.request()
    floor.control.open_home("@mira")
    await floor.until(lambda: f"#{number} · Acme" in shown(floor.control.home("@mira")))

    await floor.control.press("@mira", "claim_request", home=True)
    await floor.until(lambda: "My requests* (1)" in shown(floor.control.home("@mira")))
    assert "/headsup client" not in shown(floor.control.home("@mira"))


async def test_a_list_opens_in_a_window_from_home(floor: Floor):
    await floor.request()
    floor.control.open_home("@mira")
    await floor.until(lambda: floor.control.home("@mira"))

    await floor.control.press("@mira", "list_open", home=True)

    assert "Everything open" in shown(await floor.window("@mira", "Requests"))


async def test_a_guest_sees_kindly_who_can_use_it(floor: Floor):
    floor.control.open_home("@gwen")

    home = await floor.until(lambda: floor.control.home("@gwen"))
    assert "You are a guest here. Guests can read along" in shown(home)
    assert "Join" not in shown(home)
