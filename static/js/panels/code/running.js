/** Waiting for a run: nothing at first, then a bar in the heads of the cells, then a button that stops it. */

import { stopRun } from "../../actions.js";
import { setAttribute } from "../../element.js";

/** A run that is quicker than this, in ms, shows no sign of waiting; one that is slower than that can be stopped. */
const PATIENCE = { bar: 400, stop: 5000 };

/**
 * @param {HTMLElement} stop  the button
 * @param {HTMLElement} run   the button that runs
 * @param {import("../../store.js").Store} store
 * @param {() => void} draw   is called when the bars come
 * @returns {() => boolean} whether bars are due
 */
export function mountRunning(stop, run, store, draw) {
  let slow = false;
  /** @type {number[]} */
  let timers = [];
  stop.addEventListener("click", () => {
    stopRun(store);
    run.focus();
  });
  store.subscribe((state, previous) => {
    if (state.running === previous.running) return;
    for (const timer of timers) clearTimeout(timer);
    slow = false;
    stop.hidden = true;
    setAttribute(run, "aria-busy", state.running ? "true" : null);
    timers = state.running
      ? [
          setTimeout(() => {
            slow = true;
            draw();
          }, PATIENCE.bar),
          setTimeout(() => {
            stop.hidden = false;
          }, PATIENCE.stop),
        ]
      : [];
  });
  return () => slow;
}
