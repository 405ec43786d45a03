// The frame: who one is, where one goes, what is unread, and the keyboard.
