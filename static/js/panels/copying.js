/** Every button with `data-copy` puts that text on the clipboard, and says so for a moment. */

import { copied } from "./clipboard.js";

/** How long a button says that it has copied, in ms. */
const SAID = 1600;

/**
 * @param {Document} page
 * @param {import("../i18n.js").Translate} t
 */
export function mountCopying(page, t) {
  page.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest("button[data-copy]") : null;
    if (!(button instanceof HTMLElement)) return;
    const done = await copied(button.dataset.copy ?? "");
    const before = button.dataset.said ?? button.textContent ?? "";
    button.dataset.said = before;
    button.textContent = t(done ? "page.copy.done" : "page.copy.failed");
    setTimeout(() => {
      button.textContent = before;
    }, SAID);
  });
}
