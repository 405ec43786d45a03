// Starts the page: every module adds its own listeners, then the socket opens.
import "./frame.js";
import "./elements.js";
import "./modal.js";
import "./composer.js";
import "./menus.js";
import "./side.js";
import { connect } from "./live.js";

connect();
