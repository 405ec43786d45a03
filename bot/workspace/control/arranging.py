"""People, organisations and channels are arranged here."""

from collections.abc import Iterable
from typing import Any

from bot.workspace import membership
from bot.workspace.core import Core
from bot.workspace.errors import ControlError
from bot.workspace.ids import make_id
from bot.workspace.models import JSON, Team, User
from bot.workspace.seed import new_channel


class Arranging:
    """The verbs of whoever administers the workspace; the app is told as Slack tells it."""

    core: Core

    def _team(self, team: str | None) -> Team:
        teams = self.core.state.teams.values()
        if not team:
            return self.core.state.home_team
        found = next((one for one in teams if team in {one.id, one.name, one.domain}), None)
        if not found:
            raise ControlError(f"there is no organisation {team}")
        return found

    def add_team(self, name: str, domain: str = "") -> str:
        """Another organisation; returns its id."""
        domain = domain or name.lower().replace(" ", "-")
        team = Team(make_id("T", domain), name, domain)
        self.core.state.teams[team.id] = team
        self.core.state.changed("team", team.id)
        return team.id

    def add_user(self, name: str, *, team: str | None = None, **fields: Any) -> str:
        """Another person (real_name, tz, locale, is_restricted, … as `fields`); returns the id."""
        home = self._team(team)
        if any(user.name == name for user in self.core.state.users.values()):
            raise ControlError(f"there is already someone called {name}")
        fields.setdefault("real_name", name.capitalize())
        fields.setdefault("email", f"{name}@{home.domain}.example")
        try:
            user = User(id=make_id("U", f"{home.domain}/{name}"), team=home.id, name=name, **fields)
        except TypeError as problem:
            raise ControlError(str(problem)) from problem
        membership.add_person(self.core, user)
        return user.id

    def set_user(self, user: str, **fields: Any) -> None:
        """Change someone: tz, status_text, status_emoji, status_expiration, dnd ([start, end] or None), deleted …."""
        membership.change_person(self.core, self.core.state.user(user), **fields)

    def add_channel(
        self, name: str, members: Iterable[str] = (), *, private: bool = False, shared_with: Iterable[str] = ()
    ) -> str:
        """A new channel with its members; returns its id. The app is in it only when it is named (@headsup)."""
        state = self.core.state
        if any(channel.name == name for channel in state.channels.values()):
            raise ControlError(f"there is already a channel #{name}")
        people = [state.user(one) for one in members]
        channel = new_channel(name, [], private=private, shared_with=[self._team(one) for one in shared_with])
        channel.id = state.new_id("C")
        channel.created = int(self.core.clock.now())
        channel.creator = people[0].id if people else state.app.bot_user
        state.add_channel(channel)
        for person in people:
            membership.join(self.core, channel, person)
        return channel.id

    def invite(self, channel: str, user: str, *, by: str | None = None) -> None:
        """Bring someone (or the app) into a channel."""
        state = self.core.state
        membership.join(self.core, state.channel(channel), state.user(user), state.user(by) if by else None)

    def remove(self, channel: str, user: str, *, by: str | None = None) -> None:
        """Take someone (or the app) out of a channel."""
        state = self.core.state
        membership.leave(self.core, state.channel(channel), state.user(user), state.user(by) if by else None)

    def rename(self, channel: str, name: str, *, by: str = "@sam") -> None:
        """Give a channel another name."""
        membership.rename(self.core, self.core.state.channel(channel), name, self.core.state.user(by))

    def archive(self, channel: str, *, by: str = "@sam", archived: bool = True) -> None:
        """Archive a channel, or with archived=False bring it back."""
        membership.archive(self.core, self.core.state.channel(channel), self.core.state.user(by), archived=archived)

    def share(self, channel: str, team: str, *, new_id: str = "") -> None:
        """Connect a channel with another organisation; with `new_id` its id changes on the way."""
        membership.share(self.core, self.core.state.channel(channel), self._team(team).id, new_id=new_id)

    def unshare(self, channel: str, team: str) -> None:
        """Disconnect an organisation from a channel."""
        membership.unshare(self.core, self.core.state.channel(channel), self._team(team).id)

    def change_channel_id(self, channel: str, new_id: str = "") -> str:
        """Give a channel a new id; returns it."""
        return membership.change_id(self.core, self.core.state.channel(channel), new_id)

    def revoke_tokens(self) -> None:
        """The bot token stops working: tokens_revoked, then token_revoked for every call."""
        membership.revoke_tokens(self.core)

    def uninstall(self) -> None:
        """The app is removed: tokens_revoked and app_uninstalled, then account_inactive for every call."""
        membership.uninstall(self.core)

    def reinstall(self) -> None:
        """The app works again, with the same tokens."""
        app = self.core.state.app
        app.installed, app.token_revoked = True, False
        self.core.state.changed("app", "app")

    def set_app(
        self,
        *,
        scopes: Iterable[str] | None = None,
        subscriptions: Iterable[str] | None = None,
        commands: Iterable[str] | None = None,
        features: JSON | None = None,
        home_enabled: bool | None = None,
    ) -> None:
        """Change what the app may do (scopes), hears (subscriptions), its slash commands, and its Home tab.

        `features` are those of its manifest: what menus and completion show of commands and shortcuts.
        """
        app = self.core.state.app
        app.scopes = app.scopes if scopes is None else list(scopes)
        app.subscriptions = app.subscriptions if subscriptions is None else list(subscriptions)
        app.commands = app.commands if commands is None else list(commands)
        app.features = app.features if features is None else dict(features)
        app.home_enabled = app.home_enabled if home_enabled is None else home_enabled
        self.core.state.changed("app", "app")
