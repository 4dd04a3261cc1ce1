/** What counts as going somewhere, so that the browser's back button undoes it, and what an entry of the history keeps. */

import { plainTrace, withModules } from "../modules/folded-trace.js";
import { PLACE_FIELDS, placeOf, settled } from "./moment.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("./moment.js").Place} Place
 * @typedef {Place & {program: string | null, cells: string[]}} Entry  own name of the program even where it was changed
 */

/**
 * Opening something, changing the room or the level, and jumping are navigation; walking step by step is not.
 * @param {State} state
 * @param {State} previous
 * @param {boolean} jumped  the reader chose this step by hand
 * @returns {"new" | "same" | null} a new entry, a change of the present one, or nothing to remember
 */
export function turn(state, previous, jumped) {
  if (state.guest) return null;
  if (state.program !== previous.program || !state.cells.length !== !previous.cells.length) return "new";
  if (state.place !== previous.place) return "new";
  const settledBefore = previous.trace !== null && state.trace === previous.trace;
  if (settledBefore && state.level !== previous.level) return "new";
  if (refolded(state, previous)) return "new";
  if (settledBefore && jumped && state.step !== previous.step) return "new";
  const kept = /** @type {(keyof State)[]} */ (["cells", "trace", ...PLACE_FIELDS]);
  return kept.some((name) => state[name] !== previous[name]) ? "same" : null;
}

/** The same run with other modules folded. @param {State} state @param {State} previous */
function refolded({ trace, modules }, previous) {
  if (!trace || !previous.trace || sameChoices(modules, previous.modules)) return false;
  return plainTrace(trace) === plainTrace(previous.trace);
}

/** @param {State} state @returns {Entry} */
export function entryOf(state) {
  const cells = state.cells.map(({ source }) => source);
  return { program: state.program, cells, ...placeOf(state) };
}

/**
 * @param {unknown} kept  what the browser held
 * @returns {Entry | null} null where it is not one of ours
 */
export function readEntry(kept) {
  const entry = /** @type {Entry | null} */ (kept);
  const whole = Array.isArray(entry?.cells) && entry.cells.every((cell) => typeof cell === "string");
  return whole ? entry : null;
}

/**
 * How to get to an entry without running anything, where the run on the page is the entry's.
 * @param {State} state
 * @param {Entry} entry
 * @returns {Partial<State> | null} null where its code has to run first
 */
export function wayTo(state, entry) {
  const { trace, cells } = state;
  const same = cells.length === entry.cells.length && cells.every(({ ran }, i) => ran === entry.cells[i]);
  const untouched = cells.every(({ source }, i) => source === entry.cells[i]);
  if (!trace || !same || !untouched || state.program !== entry.program) return null;
  const told = sameChoices(state.modules, entry.modules ?? {})
    ? trace
    : withModules(trace, entry.modules ?? {});
  const { steps, ...place } = settled(told, entry);
  const way = { ...place, place: roomOf(state, entry), playing: false };
  return told === trace ? way : { ...way, steps, trace: told };
}

/** @param {State["modules"]} here @param {State["modules"]} there */
function sameChoices(here, there) {
  return JSON.stringify(Object.entries(here)) === JSON.stringify(Object.entries(there));
}

/**
 * The room that a moment is shown in: inside somebody else's page always that one.
 * @param {Pick<State, "place">} state
 * @param {Place | null} place
 * @returns {State["place"]}
 */
export function roomOf(state, place) {
  return state.place === "embed" ? "embed" : (place?.place ?? "study");
}
