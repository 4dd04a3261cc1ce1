/** Wires the page: state, language, panels, and the moment that the address names. */

import { runAll } from "./actions.js";
import { requestPrograms } from "./api.js";
import { setAttribute } from "./element.js";
import { createTranslator } from "./i18n.js";
import { relabel } from "./labels.js";
import { keepDraft, keepTheme, keptTheme } from "./moment/memory.js";
import { mountArrival } from "./panels/places/arrival.js";
import { mountCanvas } from "./panels/canvas/canvas.js";
import { mountCode } from "./panels/code/code.js";
import { mountCopying } from "./panels/copying.js";
import { mountCopiesSwitch } from "./panels/canvas/copies-switch.js";
import { mountEdgeTable } from "./panels/inspector/edge-table.js";
import { mountEdges } from "./panels/canvas/edges.js";
import { mountEmbed } from "./panels/places/embed.js";
import { mountFailure } from "./panels/places/failure.js";
import { mountFault } from "./panels/code/fault.js";
import { mountFromStart } from "./panels/time/from-start.js";
import { mountGlossary } from "./panels/places/glossary.js";
import { mountInspector } from "./panels/inspector/inspector.js";
import { mountKeyboard, mountSkip } from "./panels/time/keyboard.js";
import { mountLayerEdges } from "./panels/canvas/layer-edges.js";
import { mountLegend } from "./panels/places/legend.js";
import { mountLinking } from "./panels/linking.js";
import { mountLook } from "./panels/canvas/look.js";
import { mountPlaces } from "./panels/places/places.js";
import { mountPlayer } from "./panels/time/player.js";
import { mountProjector } from "./panels/places/projector.js";
import { mountMoreEdges } from "./panels/canvas/more-edges.js";
import { mountRunNotes } from "./panels/canvas/run-notes.js";
import { mountRuns } from "./panels/canvas/runs.js";
import { mountStale } from "./panels/code/stale.js";
import { mountStart } from "./panels/start/start.js";
import { mountTimeline } from "./panels/time/timeline.js";
import { mountTopbar } from "./panels/places/topbar.js";
import { mountWaiting } from "./panels/places/waiting.js";
import { mountWeightHover } from "./panels/canvas/weight-hover.js";
import { shownProgram } from "./programs.js";
import { address, beginAt } from "./server.js";
import { createStore, initialState } from "./store.js";

/**
 * @typedef {import("./store.js").Language} Language
 * @typedef {import("./store.js").State} State
 */

const page = document.documentElement;
/** @type {Language} */
const spoken = page.lang.startsWith("zh") ? "zh" : "en";
const strings = JSON.parse(byId("strings").textContent ?? "{}");
const translator = createTranslator(spoken, strings, async (lang) =>
  (await fetch(new URL(`../locales/${lang}.json`, import.meta.url))).json(),
);
const { t } = translator;
const embedded = document.body.dataset.room === "embed";
const store = createStore({
  ...initialState(),
  lang: spoken,
  theme: keptTheme(storage("localStorage")),
  place: embedded ? "embed" : "study",
});
/** The theme that a link asked for; it is not the reader's own choice, so it is not kept. */
let lent = "";

beginAt(page.dataset.root ?? "");
mountPanels();
store.subscribe(follow);
const arrive = mountArrival(store, { speak, lend, drafts: storage("sessionStorage") });
await loadPrograms();
await arrive();
page.dataset.ready = "";

function mountPanels() {
  const player = mountPlayer(store);
  mountTopbar(byId("top"), store, t, speak);
  mountStart(byId("start"), store, t);
  const edit = mountCode(byId("code"), store, t);
  const canvas = mountCanvas(byId("canvas"), store, t);
  mountLook(byId("canvas"), store, t);
  mountEdges(byId("canvas"), byId("inspector"), store, t);
  mountWeightHover(byId("inspector"), store, t);
  mountRuns(byId("canvas"), store, t);
  mountMoreEdges(byId("canvas"), store, t);
  mountLayerEdges(store);
  mountRunNotes(byId("code"), store, t);
  mountCopiesSwitch(byId("canvas"), store, t);
  mountInspector(byId("inspector"), store, t);
  mountEdgeTable(byId("canvas"), store, t);
  mountTimeline(byId("timeline"), store, t, player);
  mountProjector(byId("projector-bar"), byId("projection"), store, t);
  mountPlaces(page, store);
  if (embedded) mountEmbed(byId("projector-bar"), page, store);
  mountLegend(byId("canvas"), byId("start"), store, t, storage("localStorage"));
  const help = /** @type {HTMLButtonElement} */ (byId("top").querySelector(".help-button"));
  mountGlossary(byId("glossary"), help, store, t);
  const foot = byId("canvas").querySelector(".canvas-foot");
  if (foot instanceof HTMLElement) mountFromStart(foot, store, t);
  mountFailure(byId("failure"), store, t, again);
  mountWaiting(byId("waiting"), store, t);
  mountFault(byId("fault"), store, t, edit);
  mountStale(byId("workspace"), store, t);
  mountKeyboard(store, player);
  mountCopying(document, t);
  mountLinking(document, canvas.light);
  mountSkip(byId("skip"), () => byId(store.get().cells.length ? "canvas" : "start"));
}

/** What the state means for the page as a whole. @param {State} state @param {State} previous */
function follow(state, previous) {
  const starting = state.cells.length === 0;
  byId("start").hidden = !starting || embedded;
  byId("workspace").hidden = starting;
  document.body.classList.toggle("starting", starting);
  // In somebody else's page the focus stays where its reader is.
  if (!embedded && starting !== (previous.cells.length === 0)) enter(starting ? "start" : "canvas");
  if (state.theme !== previous.theme) {
    setAttribute(page, "data-theme", state.theme);
    if (state.theme !== lent) keepTheme(storage("localStorage"), state.theme);
    lent = "";
  }
  document.title = titleOf(state);
  if (state.running !== previous.running || !state.waiting !== !previous.waiting)
    byId("status").textContent = statusText(state);
  if (state.cells !== previous.cells) keepCells(state);
}

/** The keys of the timeline work at once, and the reader sees the top. @param {string} id */
function enter(id) {
  byId(id).focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** @param {State} state */
function keepCells({ cells, program, guest }) {
  const sources = cells.map(({ source }) => source);
  if (!guest) keepDraft(storage("sessionStorage"), { program, cells: sources });
}

/** The program comes first: tabs show only the beginning. @param {State} state */
function titleOf(state) {
  if (!state.cells.length) return t("page.title");
  const program = shownProgram(state);
  return t("page.titleOf", { name: t(program === null ? "page.topbar.own" : `program.${program}.title`) });
}

/** @param {State} state */
function statusText({ running, waiting, failure, trace }) {
  if (waiting) return t(`page.status.${waiting.obstacle}`);
  if (running) return t("page.status.running");
  if (failure || !trace) return "";
  return trace.error ? t("page.status.failed", { type: trace.error.type }) : t("page.status.done");
}

/** @param {Language} lang */
async function speak(lang) {
  await translator.use(lang);
  page.lang = lang === "zh" ? "zh-CN" : "en";
  relabel(document, t);
  for (const link of document.querySelectorAll("a[data-follows-language]"))
    setAttribute(link, "href", address(`privacy?lang=${lang}`));
  // The server reads this one, so that a reload comes in the right language at once.
  history.replaceState(history.state, "", `?lang=${lang}${location.hash}`);
  store.set({ lang });
}

/** @param {import("./store.js").Theme} theme */
function lend(theme) {
  lent = theme;
  store.set({ theme });
}

/** What a server that was away could not do: open the page's own moment, or run. */
async function again() {
  if (!store.get().programs.length) await loadPrograms();
  if (store.get().cells.length) return runAll(store);
  if (store.get().programs.length) return arrive();
}

async function loadPrograms() {
  const { data, failure } = await requestPrograms();
  store.set(data ? { programs: data } : { failure });
}

/** @param {"localStorage" | "sessionStorage"} name */
function storage(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}

/** @param {string} id */
function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}
