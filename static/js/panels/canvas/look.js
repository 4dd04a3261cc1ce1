/** How the reader looks at the picture: at a blue node or a green one (R), with respect to which operand (W). */

import { shortName } from "../../trace/tensor-name.js";
import { element } from "../../element.js";
import { otherEnd, otherOperand, readingShown, wrtShown } from "../../why/look.js";
import { pictureAt } from "../../picture/picture.js";
import { LOOKED } from "../../why/reading.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("../../why/reading.js").Reading} Reading
 */

/**
 * @param {HTMLElement} root  the canvas, with the head at its top right
 * @param {Store} store
 * @param {Translate} t
 */
export function mountLook(root, store, t) {
  const reading = element("div", { class: "canvas-switch canvas-reading", role: "group" });
  const wrt = element("div", { class: "canvas-switch canvas-wrt", role: "group" });
  root.querySelector(".canvas-head")?.prepend(reading);
  root.querySelector(".canvas-foot")?.append(wrt);
  const draw = () => {
    const state = store.get();
    const picture = pictureAt(state.trace, state.steps, state.step);
    drawReading(reading, picture && readingShown(picture, state), store, t);
    drawWrt(wrt, picture && wrtShown(picture, state.steps[state.step]?.op, state), store, t);
  };
  store.subscribe((state, previous) => {
    const keys = /** @type {const} */ ([...LOOKED, "trace", "steps", "step", "lang"]);
    if (keys.some((key) => state[key] !== previous[key])) draw();
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || busy(event.target))
      return;
    const key = event.key.toLowerCase();
    if (key === "r" && !reading.hidden) look(store, store.get().reading === "input" ? "output" : "input");
    else if (key === "w" && !wrt.hidden) ask(store, null);
  });
  draw();
}

/** Longest name of an operand, characters. */
const WRT = 18;

/** @param {HTMLElement} group @param {Reading | null} shown @param {Store} store @param {Translate} t */
function drawReading(group, shown, store, t) {
  group.hidden = shown === null;
  group.setAttribute("aria-label", t("page.look.reading"));
  group.setAttribute("aria-keyshortcuts", "R");
  const choices = /** @type {Reading[]} */ (["input", "output"]);
  group.replaceChildren(
    ...choices.map((choice) => {
      const button = option(t(`page.look.${choice}`), choice === shown, t(`page.look.${choice}Title`));
      button.addEventListener("click", () => look(store, choice));
      return button;
    }),
  );
}

/**
 * @param {HTMLElement} group
 * @param {ReturnType<typeof wrtShown>} shown
 * @param {Store} store
 * @param {Translate} t
 */
function drawWrt(group, shown, store, t) {
  group.hidden = shown === null;
  group.setAttribute("aria-label", t("page.look.wrt"));
  group.setAttribute("aria-keyshortcuts", "W");
  const note = shown?.source ? t("page.look.source", { name: shown.source }) : "";
  group.replaceChildren(
    ...(shown?.operands ?? []).map(({ tensor, name }) => {
      const text = t("page.inspector.wrt", { name: shortName(name, WRT) });
      const button = option(text, tensor === shown?.current, t("page.look.wrtTitle", { name }));
      button.addEventListener("click", () => ask(store, tensor));
      return button;
    }),
    element("span", { class: "canvas-switch-note", hidden: !note }, note),
  );
}

/** @param {string} text @param {boolean} pressed @param {string} title */
function option(text, pressed, title) {
  return element("button", { type: "button", title, "aria-pressed": String(pressed) }, text);
}

/** Where the selected element cannot be read that way, the other end of its heaviest edge is. @param {Store} store @param {Reading} reading */
function look(store, reading) {
  const state = store.get();
  const picture = pictureAt(state.trace, state.steps, state.step);
  if (!picture) return;
  store.set({ reading, edge: null, selection: otherEnd(picture, state, reading) });
}

/** @param {Store} store @param {number | null} tensor  null: the next one */
function ask(store, tensor) {
  const state = store.get();
  const picture = pictureAt(state.trace, state.steps, state.step);
  const shown = picture && wrtShown(picture, state.steps[state.step]?.op, state);
  if (!picture || !shown) return;
  store.set({ edge: null, ...otherOperand(picture, state, shown, tensor) });
}

/** @param {EventTarget | null} target */
function busy(target) {
  return (
    target instanceof Element && target.closest(".cm-editor, input, textarea, select, [role=menu]") !== null
  );
}
