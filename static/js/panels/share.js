/** The share button: a link to this moment, on the clipboard and in the address bar. */

import { shownProgram } from "../programs.js";
import { fragmentOf, LONGEST_FRAGMENT } from "../url.js";

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

/**
 * On plain http from another machine browsers offer no clipboard, but still know the old command.
 * @param {string} text
 * @returns {Promise<boolean>}
 */
async function copied(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copiedByCommand(text);
    }
  }
  return copiedByCommand(text);
}

/** @param {string} text */
function copiedByCommand(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "unseen";
  field.setAttribute("aria-hidden", "true");
  const focused = document.activeElement;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return done;
}
