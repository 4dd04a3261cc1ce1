/** A moment of the page: which program, where in it, and how it is looked at. What links and the browser's history carry. */

import { LANDED } from "../trace/moves.js";
import { openingOf } from "../trace/opening.js";
import { shownProgram } from "../programs.js";

/**
 * @typedef {import("../store.js").State} State
 *
 * @typedef {object} Place  Where in a run, and how it is looked at. What is left out is as the page opens.
 * @property {number | null} [step]
 * @property {State["beat"]} [beat]
 * @property {State["selection"]} [selection]
 * @property {State["level"]} [level]
 * @property {State["reading"]} [reading]
 * @property {State["wrt"]} [wrt]
 * @property {State["run"]} [run]
 * @property {State["modules"]} [modules]
 * @property {"projector"} [place]
 *
 * @typedef {Place & {program: string | null, cells: string[] | null, lang: State["lang"] | null, theme?: State["theme"]}} Moment
 */

/** @type {(keyof Place)[]} */
export const PLACE_FIELDS = [
  "step",
  "beat",
  "selection",
  "level",
  "reading",
  "wrt",
  "run",
  "modules",
  "place",
];

/**
 * @param {State} state
 * @returns {Place} only what differs from how every program opens, but always the step and the selection
 */
export function placeOf({ step, beat, selection, level, reading, wrt, run, modules, place }) {
  return {
    step: step < 0 ? null : step,
    selection,
    ...(beat === LANDED ? {} : { beat }),
    ...(level === null ? {} : { level }),
    ...(reading === "input" ? {} : { reading }),
    ...(Object.keys(wrt).length ? { wrt } : {}),
    ...(Object.keys(run).length ? { run } : {}),
    ...(Object.keys(modules).length ? { modules } : {}),
    ...(place === "projector" ? { place } : {}),
  };
}

/**
 * What a shared link says: everything, in the reader's language and theme.
 * @param {State} state
 * @returns {Moment}
 */
export function momentOfState(state) {
  const { cells, lang, theme } = state;
  const sources = cells.map(({ source }) => source);
  const said = { program: shownProgram(state), cells: sources, ...placeOf(state), lang };
  return theme === "auto" ? said : { ...said, theme };
}

/**
 * The place without what the program opens with anyway, for a short address; nothing while the code waits for its run.
 * @param {State} state
 * @returns {Place}
 */
export function placeAside(state) {
  const { trace, cells } = state;
  if (!trace || cells.some(({ ran, source }) => ran !== source)) return {};
  const opening = openingOf(trace);
  const { step, selection, ...rest } = placeOf(state);
  const same = selection?.tensor === opening.selection?.tensor;
  const still = same && selection?.element === opening.selection?.element;
  return {
    ...(step === opening.step ? {} : { step }),
    ...(still ? {} : { selection }),
    ...rest,
  };
}

/**
 * A place in a run as the state has it: inside the trace, and whole.
 * @param {import("../trace/trace-types.js").Trace} trace
 * @param {Place} [place]
 * @returns {Pick<State, "steps" | "step" | "selection" | "beat" | "part" | "level" | "reading" | "wrt" | "run" | "modules">}
 */
export function settled(trace, place = {}) {
  const opening = openingOf(trace, place.step ?? null);
  const asked = trace.tensors.find(({ id }) => id === place.selection?.tensor);
  return {
    steps: opening.steps,
    step: opening.step,
    selection: asked && place.selection ? place.selection : opening.selection,
    beat: place.beat ?? LANDED,
    part: null,
    level: place.level ?? null,
    reading: place.reading ?? "input",
    wrt: place.wrt ?? {},
    run: place.run ?? {},
    modules: place.modules ?? {},
  };
}
