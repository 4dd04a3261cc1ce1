/** What the room that the page is shown in means for the picture: how much of it, and how large. */

/** The window that the projector's sizes are given for, px; a narrower one keeps its type larger than its width asks. */
const DESIGN = { width: 1140, height: 720 };

/** @typedef {"whole" | "chain" | import("../why/reading.js").Look} Part  of a call's graph; a look: the one operation, so looked at */

/**
 * How much of the graph the room shows: all of it, all of it without what stands aside, or the step's operation alone.
 * @template {Pick<import("../store.js").State, "place" | "chain"> & import("../why/reading.js").Look} T
 * @param {T} state
 * @returns {Part}
 */
export function partIn(state) {
  if (state.place === "study") return "whole";
  return state.place === "projector" && state.chain ? "chain" : state;
}

/**
 * The projector's unit, px: 1 at 1280 × 720. The same as --u of projector.css.
 * @param {{innerWidth: number, innerHeight: number}} view
 */
export function unitOf({ innerWidth, innerHeight }) {
  return Math.min(innerWidth / DESIGN.width, innerHeight / DESIGN.height);
}
