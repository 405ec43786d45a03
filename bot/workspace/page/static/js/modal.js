// Windows: opening, filling in, sending and closing the app's modals.
