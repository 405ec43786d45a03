// Menus of messages and of the app: shortcuts, more actions.
