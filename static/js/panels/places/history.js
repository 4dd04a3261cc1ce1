/** The browser's back and forward: every navigation is an entry that keeps the moment it showed. */

import { addressOf } from "../../moment/address.js";
import { entryOf, readEntry, turn, wayTo } from "../../moment/journey.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../moment/journey.js").Entry} Entry
 * @typedef {{quietly: <T>(act: () => T) => T, entry: () => Entry | null}} Journey
 */

/** Browsers refuse more than a hundred changes of the address in half a minute, so walking is written down late, ms. */
const LATE = 300;

/**
 * @param {Store} store
 * @param {{open: (entry: Entry) => void, arrive: () => void}} ways  to an entry whose code is not the one on the page;
 *   to what the address names
 * @returns {Journey}
 */
export function mountHistory(store, { open, arrive }) {
  let jumped = false;
  let quiet = false;
  let timer = 0;
  /** @param {State} state @param {"pushState" | "replaceState"} how */
  const write = (state, how) => {
    clearTimeout(timer);
    timer = 0;
    if (state.guest) return;
    const address = addressOf(state, location.hash) || location.pathname + location.search;
    const entry = state.cells.length ? entryOf(state) : null;
    try {
      history[how](entry, "", address);
    } catch {
      // A browser may refuse an entry for its size or its number; the address then stays as it was.
    }
  };
  const settle = () => {
    if (timer) write(store.get(), "replaceState");
  };
  store.subscribe((state, previous) => {
    const kind = turn(state, previous, jumped);
    // An embedded page leaves the back button to the page around it.
    if (kind === "new" && !quiet && state.place !== "embed") {
      if (timer) write(previous, "replaceState");
      write(state, "pushState");
    } else if (kind && state.cells !== previous.cells && addressOf(state, location.hash) !== location.hash) {
      write(state, "replaceState");
    } else if (kind) {
      clearTimeout(timer);
      timer = setTimeout(settle, LATE);
    }
  });
  document.addEventListener(
    "click",
    ({ target }) => {
      jumped = target instanceof Element && target.closest("[data-step], [data-fold]") !== null;
      setTimeout(() => {
        jumped = false;
      });
    },
    true,
  );
  /**
   * @template T
   * @param {() => T} act  what it changes at once is no navigation of the reader's
   */
  const quietly = (act) => {
    quiet = true;
    const done = act();
    quiet = false;
    return done;
  };
  window.addEventListener("popstate", ({ state: kept }) => {
    clearTimeout(timer);
    timer = 0;
    const entry = readEntry(kept);
    if (!entry) return arrive();
    const way = wayTo(store.get(), entry);
    quietly(() => (way ? store.set(way) : open(entry)));
  });
  return { quietly, entry: () => readEntry(history.state) };
}
