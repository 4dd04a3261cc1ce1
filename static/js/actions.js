/** What the reader can make happen: run, open a program, go to a step. The only writers besides the panels. */

import { requestTrace } from "./api.js";
import { answered, fromSources, hasCode } from "./cells.js";
import { settled } from "./moment.js";
import { LANDED } from "./moves.js";

/**
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./store.js").State} State
 * @typedef {import("./moment.js").Place} Place
 */

/** A fast reader may run again before the first answer; only the last run counts. */
let runs = 0;
/** Where a link leads once the reader lets its program run. */
/** @type {Place | undefined} */
let awaited;

/**
 * Runs all cells. Resolves when the answer is in the store.
 * @param {Store} store
 * @param {Place} [place] where to open instead of the end of the last backward call
 */
export async function runAll(store, place) {
  const sent = store.get().cells.map(({ id, source }) => ({ id, source }));
  if (!hasCode(store.get().cells)) return;
  runs += 1;
  const run = runs;
  const wanted = place ?? awaited;
  awaited = undefined;
  store.set({ running: true, playing: false, failure: null, guest: false });
  const { data: trace, failure } = await requestTrace(sent.map(({ source }) => source));
  if (run !== runs) return;
  if (!trace) {
    store.set({ running: false, failure });
    return;
  }
  const answers = /** @type {import("./cells.js").CellAnswer[]} */ (trace.cells);
  const cells = answered(store.get().cells, sent, answers);
  store.set({ running: false, cells, trace, ...settled(trace, wanted) });
}

/**
 * @param {Store} store
 * @param {string[]} sources
 * @param {{program?: string | null, guest?: boolean, place?: Place}} [from]
 */
export function openSources(store, sources, { program = null, guest = false, place } = {}) {
  runs += 1;
  awaited = place;
  store.set({ ...nothingShown, cells: fromSources(sources), program, guest });
}

/** @param {Store} store */
export function openStart(store) {
  runs += 1;
  awaited = undefined;
  store.set({ ...nothingShown, cells: [], program: null });
}

/** @type {Partial<State>} */
const nothingShown = {
  trace: null,
  steps: [],
  step: -1,
  beat: LANDED,
  selection: null,
  edge: null,
  wrt: {},
  level: null,
  unfolded: {},
  run: {},
  running: false,
  playing: false,
  failure: null,
  guest: false,
};

/**
 * Opens a built-in program and runs it.
 * @param {Store} store
 * @param {string} slug
 * @param {Place} [place]
 */
export async function openProgram(store, slug, place) {
  const program = store.get().programs.find((entry) => entry.slug === slug);
  if (!program) {
    store.set({ failure: { key: "error.program", values: { slug } } });
    return;
  }
  openSources(store, program.cells, { program: slug });
  await runAll(store, place);
}

/**
 * @param {Store} store
 * @param {number} step
 * @param {State["beat"]} [beat]  of a backward step: how far it has got
 */
export function goTo(store, step, beat = LANDED) {
  const at = store.get();
  if (step !== at.step || beat !== at.beat) store.set({ step, beat });
}
