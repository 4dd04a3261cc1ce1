/** The share button: a link to this moment, on the clipboard and in the address bar. */

import { shownProgram } from "../programs.js";
import { fragmentOf, LONGEST_FRAGMENT } from "../url.js";
import { copied } from "./clipboard.js";

/**
 * @typedef {import("../store.js").Store} Store
 * @typedef {import("../i18n.js").Translate} Translate
 */

/** How long the button says that it has copied, in ms. */
const SAID = 2200;

/**
 * @param {HTMLButtonElement} button
 * @param {Store} store
 * @param {Translate} t
 */
export function mountShare(button, store, t) {
  const label = /** @type {HTMLElement} */ (button.querySelector("span"));
  let timer = 0;
  /** @param {string} key */
  const say = (key) => {
    label.textContent = t(key);
    clearTimeout(timer);
    timer = setTimeout(() => {
      label.textContent = t("page.topbar.share");
    }, SAID);
  };
  const share = async () => {
    const { cells, step, selection, lang } = store.get();
    const place = { step: step < 0 ? null : step, selection, lang };
    const sources = cells.map(({ source }) => source);
    const fragment = await fragmentOf({ program: shownProgram(store.get()), cells: sources, ...place });
    if (fragment.length > LONGEST_FRAGMENT) return say("page.topbar.shareLong");
    history.replaceState(null, "", fragment);
    say((await copied(location.href)) ? "page.topbar.shared" : "page.topbar.shareManual");
  };
  const draw = () => {
    button.hidden = store.get().cells.length === 0;
  };
  store.subscribe(draw);
  draw();
  button.addEventListener("click", share);
  document.addEventListener("keydown", (event) => {
    if (button.hidden || !event.ctrlKey || !event.shiftKey || event.code !== "KeyL") return;
    event.preventDefault();
    share();
  });
}
