from bot.workspace.page.place import Place
from bot.workspace.page.sight import look, people, rooms_of


def at(server, **place):
    return look(server.core, Place(**place))


async def test_without_a_word_one_is_the_first_person_in_a_room_with_the_app(monday):
    sight = at(monday)
    assert (sight.user.name, sight.room.name, sight.notice) == ("mira", "requests", "")
    assert sight.place == Place("mira", "requests")


async def test_nobody_of_that_name_is_said_so(monday):
    sight = at(monday, user="nobody", room="requests")
    assert sight.user.name == "mira"
    assert sight.notice == "There is nobody called nobody here, so you are Mira Lahtinen."


async def test_a_room_that_one_is_not_in_gives_way_to_one_that_one_is_in(monday):
    sight = at(monday, user="carla", room="requests", thread="1.0")
    assert (sight.room.name, sight.place.thread) == ("acme-shared", "")
    assert sight.notice == "Carla Reyes is not in #requests."
    assert at(monday, user="carla", room="nowhere").notice == "There is no room called nowhere."


async def test_a_room_can_be_named_by_its_id(monday):
    room = monday.core.state.channel("#requests")
    sight = at(monday, user="mira", room=room.id, thread="1.0")
    assert sight.room is room
    assert sight.place == Place("mira", "requests", "1.0")


async def test_the_direct_messages_with_the_app_are_a_room(monday):
    sight = at(monday, user="sam", room="dm")
    assert sight.room.kind == "im"
    assert sight.room.user == sight.user.id


async def test_home_and_refusals_are_no_rooms_and_have_no_thread(monday):
    for room in ("home", "refused"):
        sight = at(monday, user="sam", room=room, thread="1.0")
        assert (sight.room, sight.place) == (None, Place("sam", room))


async def test_how_many_messages_were_asked_for_is_kept_in_the_room(monday):
    assert at(monday, user="mira", room="requests", shown=120).place.shown == 120
    assert at(monday, user="carla", room="requests", shown=120).place.shown == 60


async def test_everybody_can_be_acted_as_but_the_app(monday):
    names = [user.name for user in people(monday.core)]
    assert names == ["mira", "jonas", "priya", "sam", "gwen", "carla", "dieter"]


async def test_the_rooms_of_a_person_are_those_that_they_are_in(monday):
    state = monday.core.state
    assert [room.name for room in rooms_of(monday.core, state.user("carla"))] == ["acme-shared"]
    assert [room.name for room in rooms_of(monday.core, state.user("sam"))] == ["general", "requests", "beta-shared"]
