/** Inside somebody else's page: diagram, table and code as tabs, and the way to the full page at the same moment. */

import { setAttribute } from "../../element.js";
import { momentOfState } from "../../moment/moment.js";
import { fragmentOf, LONGEST_FRAGMENT } from "../../moment/url.js";
import { address } from "../../server.js";

/** @typedef {"diagram" | "table" | "code"} Tab */

/**
 * @param {HTMLElement} bar   holds the tabs and the link
 * @param {HTMLElement} page  the root element, whose data-tab the style sheet follows
 * @param {import("../../store.js").Store} store
 */
export function mountEmbed(bar, page, store) {
  /** @param {Tab} tab */
  const show = (tab) => {
    page.dataset.tab = tab;
    for (const button of bar.querySelectorAll("[data-tab]"))
      setAttribute(button, "aria-pressed", String(button.getAttribute("data-tab") === tab));
  };
  for (const button of bar.querySelectorAll("[data-tab]"))
    button.addEventListener("click", () => show(/** @type {Tab} */ (button.getAttribute("data-tab"))));
  const link = /** @type {HTMLAnchorElement} */ (bar.querySelector(".embed-open"));
  let wanted = 0;
  const point = async () => {
    wanted += 1;
    const asked = wanted;
    const { lang } = store.get();
    const fragment = await fragmentOf(momentOfState(store.get()));
    if (asked !== wanted) return;
    link.href = address(`?lang=${lang}${fragment.length > LONGEST_FRAGMENT ? "" : fragment}`);
  };
  store.subscribe((state, previous) => {
    if (state.folded) store.set({ folded: false });
    if (state.guest !== previous.guest) show(state.guest ? "code" : "diagram");
    point();
  });
  show("diagram");
}
