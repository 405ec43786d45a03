// The frame: who one is, where one goes, what is unread, and the keyboard.
import "./drawers.js";
import "./ahead.js";
import "./popovers.js";
import "./finder.js";
import "./keys.js";
import "./scrolling.js";
import "./roving.js";
import "./threads.js";
import "./heard.js";
