/** While the server is busy or away: what the page waits for, and a way out of it. Editing is one as well. */

import { stopRun } from "../../actions.js";
import { element } from "../../element.js";

/**
 * @param {HTMLElement} root
 * @param {import("../../store.js").Store} store
 * @param {import("../../i18n.js").Translate} t
 */
export function mountWaiting(root, store, t) {
  const text = element("p", {});
  const stop = element("button", { type: "button", class: "button" });
  root.append(text, stop);
  stop.addEventListener("click", () => {
    stopRun(store);
    document.getElementById("canvas")?.focus();
  });
  store.subscribe((state, previous) => {
    if (state.waiting && previous.waiting && state.cells !== previous.cells) return stopRun(store);
    if (state.waiting === previous.waiting && state.lang === previous.lang) return;
    root.hidden = state.waiting === null;
    if (!state.waiting) return;
    const { obstacle, seconds } = state.waiting;
    text.textContent = t(`page.waiting.${obstacle}`, { seconds });
    stop.textContent = t("page.waiting.stop");
  });
}
