/** The button that shows the current operation's edges as a table over the canvas. */

import { edgeRows } from "../../why/edge-rows.js";
import { element } from "../../element.js";
import { edgeTable } from "../../marks/inspector/edge-table.js";
import { operationLabel } from "../../trace/operation-label.js";
import { pictureAt } from "../../picture/picture.js";
import { operationLooked } from "../../tables/tables.js";
import { byId } from "../../trace/trace-types.js";
import { knownAt } from "../../trace/walk.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 */

const ROWS = 300;
/** @type {(keyof State)[]} */
const SHOWN = ["trace", "steps", "step", "beat", "selection", "edge", "reading", "wrt", "lang"];

/**
 * @param {HTMLElement} canvas
 * @param {Store} store
 * @param {import("../../i18n.js").Translate} t
 */
export function mountEdgeTable(canvas, store, t) {
  const button = element("button", {
    type: "button",
    class: "edge-table-button canvas-tool",
    "aria-controls": "edge-table",
    "aria-expanded": "false",
  });
  button.textContent = "▤";
  const sheet = element("section", { class: "edge-sheet", id: "edge-table", tabindex: 0, hidden: true });
  canvas.querySelector(".canvas-tools")?.after(button);
  canvas.append(sheet);

  /** @param {State} state */
  function draw(state) {
    const name = t(sheet.hidden ? "page.edges.show" : "page.edges.hide");
    button.title = name;
    button.setAttribute("aria-label", name);
    button.hidden = !state.trace;
    sheet.setAttribute("aria-label", t("page.edges.show"));
    if (sheet.hidden) return;
    const mark = tableOf(state);
    sheet.replaceChildren(mark ?? element("p", {}, t("page.edges.none")));
  }

  /** @param {State} state */
  function tableOf({ trace, steps, step, beat, ...state }) {
    const picture = pictureAt(trace, steps, step);
    if (!trace || !picture) return null;
    const known = knownAt(trace, steps, step, beat);
    const op = operationLooked(picture, known, state);
    if (!op) return null;
    const name = operationLabel(op, byId(trace.tensors));
    return edgeTable({ t, lang: state.lang }, name, edgeRows(picture, known, op, ROWS));
  }

  /** @param {boolean} open */
  function toggle(open) {
    sheet.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    draw(store.get());
    (open ? sheet : button).focus({ preventScroll: true });
  }

  button.addEventListener("click", () => toggle(sheet.hidden === true));
  sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    toggle(false);
  });
  store.subscribe((state, previous) => {
    if (SHOWN.some((key) => state[key] !== previous[key])) draw(state);
  });
  draw(store.get());
}
