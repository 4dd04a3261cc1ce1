/** Changing a gradient, by its sliders or in the code: the page follows at once, the server is asked where only it can tell. */

import { runAll } from "../actions.js";
import { edited } from "../code/cells.js";
import { keepSession, retyped, sessionOf, sourcesOf, withValues } from "./live-session.js";
import { followed } from "./live-state.js";
import { placeOf } from "../moment/moment.js";
import { steps as stepsOf } from "../trace/steps.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../store.js").State} State
 * @typedef {import("./live-session.js").Session} Session
 */

/** Rest after a change, in ms, before the server is asked. */
const REST = 150;
let timer = 0;

/**
 * Sets the gradient of one root of a call, here and in the code.
 * @param {Store} store
 * @param {number} call      position in trace.backward
 * @param {number} root      id of its tensor
 * @param {number[]} values  flat
 * @param {boolean} [held]   the hand is still on it: what is only unsure in its last digit is asked about later
 */
export function setGradient(store, call, root, values, held = false) {
  const { trace, cells } = store.get();
  const session = trace && sessionOf(trace, cells);
  const place = session?.literals.findIndex((literal) => serves(literal, call, root)) ?? -1;
  if (!session || place < 0 || !values.every(Number.isFinite)) return;
  const next = withValues(session, place, values);
  if (!follow(store, next, held)) write(store, next);
}

/**
 * What the reader typed in a cell; true when it was nothing but other numbers of a gradient.
 * @param {Store} store
 * @param {number} id
 * @param {string} source
 */
export function typeGradient(store, id, source) {
  const { trace, cells } = store.get();
  const place = cells.find((cell) => cell.id === id)?.place ?? null;
  if (!trace || place === null) return false;
  const before = cells.map((cell) => (cell.id === id ? { ...cell, source: cell.ran ?? "" } : cell));
  const session = sessionOf(trace, before);
  const next = session && retyped(session, place, source);
  return next !== null && follow(store, next, false);
}

/** The hand is off the slider: now the last digit is asked about, if the page cannot be sure of it. @param {Store} store */
export function letGo(store) {
  const { trace, cells } = store.get();
  const session = trace && sessionOf(trace, cells);
  if (session) follow(store, session, false);
}

/** @param {import("./gradient-literal.js").Literal} literal @param {number} call @param {number} root */
function serves(literal, call, root) {
  return literal.serves.some((served) => served.call === call && served.root === root);
}

/**
 * @param {Store} store
 * @param {Session} session
 * @param {boolean} held
 * @returns {boolean} false when only a run can tell
 */
function follow(store, session, held) {
  const state = store.get();
  const now = followed(session, state.cells);
  if (!now) return false;
  clearTimeout(timer);
  const single = now.trace.backward.some(({ roots }) => roots.some(({ gradient }) => gradient?.length === 1));
  // The step of a single number is called by it.
  const { trace, cells, sources } = now;
  store.set({ trace, cells, sources, ...(single ? { steps: stepsOf(trace) } : {}) });
  if (!now.sure && !held) timer = setTimeout(() => ask(store), REST);
  return true;
}

/** The code alone changes; what stands below is stale until the server has answered. @param {Store} store @param {Session} session */
function write(store, session) {
  const { cells, trace } = store.get();
  if (!trace) return;
  keepSession(trace, session);
  const now = sourcesOf(session);
  const written = cells.reduce((all, { id, place, source }) => {
    const changed = place !== null && now[place] !== undefined && now[place] !== source;
    return changed ? edited(all, id, now[place]) : all;
  }, cells);
  store.set({ cells: written });
  clearTimeout(timer);
  timer = setTimeout(() => ask(store), REST);
}

/** Runs what ran before and stays where the reader is. @param {Store} store */
function ask(store) {
  const state = store.get();
  runAll(store, placeOf(state), state.cells.findLast(({ place }) => place !== null)?.id);
}
