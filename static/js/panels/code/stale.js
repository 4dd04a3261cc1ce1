/** What is shown of another run than the code would give never looks current: muted, and a ribbon that runs again. */

import { runAll } from "../../actions.js";
import { dropQuestions } from "../../api.js";
import { isOutdated } from "../../code/cells.js";
import { element, setAttribute } from "../../element.js";

/** Parts of the page that show a run. */
const PARTS = ["canvas", "inspector", "timeline"];

/**
 * @param {HTMLElement} workspace
 * @param {import("../../store.js").Store} store
 * @param {import("../../i18n.js").Translate} t
 */
export function mountStale(workspace, store, t) {
  const run = element("button", { type: "button", class: "button button-primary" });
  run.addEventListener("click", () => runAll(store));
  const ribbons = PARTS.map((id) => {
    const ribbon = element("p", { class: "stale-ribbon" }, element("span", {}));
    if (id === "canvas") ribbon.append(run);
    document.getElementById(id)?.append(ribbon);
    return ribbon;
  });
  let stale = false;
  const draw = () => {
    const { trace, sources, cells, running } = store.get();
    const before = stale;
    stale = trace !== null && isOutdated(cells, sources.length);
    if (stale && !before) dropQuestions();
    setAttribute(workspace, "data-stale", stale);
    run.textContent = t("page.stale.run");
    run.disabled = running;
    for (const [i, ribbon] of ribbons.entries()) {
      ribbon.hidden = !stale;
      const text = /** @type {HTMLElement} */ (ribbon.firstElementChild);
      text.textContent = t(i ? "page.stale.part" : "page.stale.picture");
    }
  };
  store.subscribe((state, previous) => {
    const keys = /** @type {const} */ (["trace", "cells", "lang", "running"]);
    if (keys.some((key) => state[key] !== previous[key])) draw();
  });
  draw();
}
