/** What the reader can make happen: run, open a program, go to a step. The only writers besides the panels. */

import { dropQuestions, requestTrace } from "./api.js";
import { answered, fromSources, hasCode } from "./code/cells.js";
import { settled } from "./moment/moment.js";
import { withModules } from "./modules/folded-trace.js";
import { mistakeStep, openingOf } from "./trace/opening.js";
import { LANDED } from "./trace/moves.js";

/**
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./store.js").State} State
 * @typedef {import("./moment/moment.js").Place} Place
 */

/** A fast reader may run again before the first answer; only the last run counts. */
let runs = 0;
/** Where a link leads once its program has run: its reader may have to allow it first, or the server to come back. */
/** @type {Place | undefined} */
let awaited;
/** @type {AbortController | null} */
let request = null;

/**
 * Runs the cells in order in a fresh namespace. Resolves when the answer is in the store.
 * @param {Store} store
 * @param {Place} [place]  where to open instead of the end of the last backward call
 * @param {number} [last]  id of the last cell to run, instead of all
 */
export async function runAll(store, place, last) {
  const { cells } = store.get();
  const count = last === undefined ? cells.length : cells.findIndex(({ id }) => id === last) + 1;
  const sent = cells.slice(0, count).map(({ id, source }) => ({ id, source }));
  if (!hasCode(cells.slice(0, count))) return;
  const run = begin();
  const wanted = place ?? awaited;
  awaited = wanted;
  store.set({ running: true, playing: false, failure: null, guest: false });
  const sources = sent.map(({ source }) => source);
  const { data: trace, failure } = await requestTrace(sources, request?.signal, (obstacle, seconds) => {
    if (run === runs) store.set({ waiting: { obstacle, seconds } });
  });
  if (run !== runs) return;
  if (!trace) {
    store.set({ running: false, waiting: null, failure });
    return;
  }
  awaited = undefined;
  const shown = withModules(trace, wanted?.modules ?? {});
  const answers = /** @type {import("./code/cells.js").CellAnswer[]} */ (trace.cells);
  const told = answered(store.get().cells, sent, answers);
  const ended = { running: false, waiting: null, cells: told, fault: /** @type {const} */ ("auto") };
  store.set({ ...ended, trace: shown, sources, ...settled(shown, wanted) });
}

/** A new run ends the one before it, in the page and on the server. */
function begin() {
  request?.abort();
  dropQuestions();
  request = new AbortController();
  runs += 1;
  return runs;
}

/** The server ends a program whose reader has left. @param {Store} store */
export function stopRun(store) {
  request?.abort();
  runs += 1;
  store.set({ running: false, waiting: null });
}

/**
 * @param {Store} store
 * @param {string[]} sources
 * @param {{program?: string | null, guest?: boolean, place?: Place}} [from]
 */
export function openSources(store, sources, { program = null, guest = false, place } = {}) {
  begin();
  awaited = place;
  store.set({ ...nothingShown, cells: fromSources(sources), program, guest });
}

/** @param {Store} store */
export function openStart(store) {
  begin();
  awaited = undefined;
  store.set({ ...nothingShown, cells: [], program: null });
}

/** @type {Partial<State>} */
const nothingShown = {
  trace: null,
  sources: [],
  steps: [],
  step: -1,
  beat: LANDED,
  part: null,
  selection: null,
  edge: null,
  wrt: {},
  level: null,
  unfolded: {},
  modules: {},
  run: {},
  running: false,
  waiting: null,
  playing: false,
  failure: null,
  fault: "auto",
  opens: null,
  guest: false,
};

/**
 * Opens a built-in program and runs it.
 * @param {Store} store
 * @param {string} slug
 * @param {Place} [place]
 */
export async function openProgram(store, slug, place) {
  const { programs, failure } = store.get();
  const program = programs.find((entry) => entry.slug === slug);
  if (!program && failure && !programs.length) return; // they could not be fetched, and that is being said
  if (!program) {
    store.set({ failure: { key: "error.program", values: { slug } } });
    return;
  }
  openSources(store, program.cells, { program: slug });
  await runAll(store, place);
  if (program.group === "mistakes" && (place?.step ?? null) === null) showMistake(store, slug);
}

/** The mistake first, what mends it when the reader goes on. @param {Store} store @param {string} slug */
function showMistake(store, slug) {
  const { trace, steps, program } = store.get();
  const step = trace && program === slug ? mistakeStep(trace, steps) : -1;
  if (trace && step >= 0) store.set({ step, selection: openingOf(trace, step).selection });
}

/**
 * @param {Store} store
 * @param {number} step
 * @param {State["beat"]} [beat]  of a backward step: how far it has got
 * @param {State["part"]} [part]  of a step that goes part by part: which one walks
 */
export function goTo(store, step, beat = LANDED, part = null) {
  const at = store.get();
  if (step !== at.step || beat !== at.beat || part !== at.part) store.set({ step, beat, part });
}
