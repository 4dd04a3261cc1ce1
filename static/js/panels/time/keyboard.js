/** Keys of the whole page. They act only while the focus is outside editors, fields and menus. */

import { runAll } from "../../actions.js";

/** @typedef {import("../../store.js").Store} Store */
/** @typedef {import("./player.js").Player} Player */
/** @typedef {import("../../trace/moves.js").Move} Move */

/** @type {Record<string, Move>} Clickers send PageUp and PageDown. */
const MOVES = {
  ArrowLeft: "back",
  ArrowRight: "forward",
  PageUp: "back",
  PageDown: "forward",
  Home: "first",
  End: "last",
  "[": "callBack",
  "]": "callForward",
};

/** @type {Record<string, Move>} */
const WITH_SHIFT = { ArrowLeft: "operationBack", ArrowRight: "operationForward" };

/** @param {Store} store @param {Player} player */
export function mountKeyboard(store, player) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !store.get().cells.length) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      runAll(store);
      return;
    }
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.ctrlKey || event.metaKey || event.altKey || busy(target)) return;
    if (event.key === " " && pressable(target)) return;
    if (!act(event, player)) return;
    event.preventDefault();
  });
}

/**
 * The link before everything else, for readers who walk by Tab. It moves the focus and leaves the address alone.
 * @param {HTMLElement} link
 * @param {() => HTMLElement} target
 */
export function mountSkip(link, target) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    target().focus();
  });
}

/** @param {KeyboardEvent} event @param {Player} player */
function act({ key, shiftKey }, player) {
  if (shiftKey && key in WITH_SHIFT) player.move(WITH_SHIFT[key]);
  else if (key in MOVES) player.move(MOVES[key]);
  else if (key === " ") player.toggle();
  else if (key === "+" || key === "=") player.changeSpeed(1);
  else if (key === "-") player.changeSpeed(-1);
  else return false;
  return true;
}

/** Whether keys belong to what has the focus. @param {Element} target */
export function busy(target) {
  return target.closest(".cm-editor, input, textarea, select, [role=menu], [role=separator]") !== null;
}

/** @param {Element} target */
function pressable(target) {
  return target.closest("button, summary, [role=button]") !== null;
}
