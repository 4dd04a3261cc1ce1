/** The projector's own parts: the statement that can be rewritten in front of everybody, and the formula beside the diagram. */

import { runAll } from "../../actions.js";
import { edited } from "../../code/cells.js";
import { element, setAttribute, svgElement } from "../../element.js";
import { targetOf, writtenSum } from "../../why/inspection.js";
import { projectionMark } from "../../marks/diagram/projection.js";
import { sumLine } from "../../marks/inspector/sum-line.js";
import { relationIcon } from "../../marks/diagram/relation-icon.js";
import { ruleMark } from "../../marks/inspector/rule.js";
import { placeOf } from "../../moment/moment.js";
import { operationLabel } from "../../trace/operation-label.js";
import { pictureAt } from "../../picture/picture.js";
import { partIn } from "../../picture/room.js";
import { rewritten, statementAt } from "../../code/statement.js";
import { byId } from "../../trace/trace-types.js";
import { knownAt } from "../../trace/walk.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../i18n.js").Translate} Translate
 */

/**
 * @param {HTMLElement} bar   above: statement, relation, and the way back
 * @param {HTMLElement} side  beside the diagram: the formula
 * @param {Store} store
 * @param {Translate} t
 */
export function mountProjector(bar, side, store, t) {
  const field = /** @type {HTMLInputElement} */ (bar.querySelector(".statement"));
  const relation = /** @type {HTMLElement} */ (bar.querySelector(".projector-relation"));
  const draw = () => {
    const state = store.get();
    const statement = state.trace && statementAt(state.trace, state.steps[state.step] ?? null, state.cells);
    if (document.activeElement !== field) field.value = statement?.text ?? "";
    field.readOnly = !statement?.whole || state.place === "embed";
    const chain = bar.querySelector(".chain-switch");
    if (chain) setAttribute(chain, "aria-pressed", String(state.chain));
    const picture = pictureAt(state.trace, state.steps, state.step, false, partIn(state));
    relation.replaceChildren(...kindOf(state, t));
    side.dataset.form = state.chain || state.place === "embed" ? "line" : "column";
    side.replaceChildren(...(picture && state.trace ? formula(state, picture, t) : []));
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") field.value = field.defaultValue;
    if (event.key === "Escape" || event.key === "Enter") {
      event.preventDefault();
      if (event.key === "Enter") rewrite(store, field.value);
      field.blur();
      draw();
    }
  });
  bar
    .querySelector(".chain-switch")
    ?.addEventListener("click", () => store.set({ chain: !store.get().chain }));
  store.subscribe((state, previous) => {
    if (state.place === "study") return;
    if (SHOWN.some((key) => state[key] !== previous[key])) draw();
  });
  draw();
}

const SHOWN = /** @type {const} */ ([
  "place",
  "chain",
  "trace",
  "step",
  "beat",
  "selection",
  "lang",
  "cells",
]);

/** Rewrites the statement and stays at its step. @param {Store} store @param {string} text */
function rewrite(store, text) {
  const state = store.get();
  const statement = state.trace && statementAt(state.trace, state.steps[state.step] ?? null, state.cells);
  const cell = statement && state.cells[statement.cell];
  if (!statement?.whole || !cell || text.trim() === statement.text) return;
  store.set({ cells: edited(state.cells, cell.id, rewritten(cell.source, statement, text)) });
  runAll(store, placeOf(state));
}

/** @param {State} state @param {Translate} t */
function kindOf(state, t) {
  const picture = pictureAt(state.trace, state.steps, state.step, false, state);
  const op = picture?.graph.ops[0];
  const kind = op?.relations.find(({ carries }) => carries)?.kind ?? null;
  if (kind === null) return [];
  const icon = svgElement("svg", { class: "relation", viewBox: "0 -1 24 16", "aria-hidden": "true" });
  icon.append(relationIcon(kind));
  return [icon, element("b", {}, t(`page.inspector.kind.${kind}`))];
}

/** @param {State} state @param {import("../../layout/scene.js").Picture} picture @param {Translate} t */
function formula({ place, chain, trace, steps, step, beat, selection, lang }, picture, t) {
  const known = knownAt(/** @type {import("../../trace/trace-types.js").Trace} */ (trace), steps, step, beat);
  const written = writtenSum(picture, known, selection);
  const context = { t, lang };
  const inLine = chain || place === "embed";
  if (written && known.call !== null) {
    const target = targetOf(picture);
    if (inLine) return [sumLine(context, picture, target, written)];
    return projectionMark(context, picture, target, written);
  }
  const op = picture.graph.ops.find(({ id }) => id === known.step?.op) ?? picture.graph.ops[0];
  const words = element("p", { class: "projection-words" });
  words.textContent = t(`page.inspector.explain.${known.step?.kind ?? "start"}`);
  if (!op || inLine) return [words];
  const tensors = byId(picture.trace.tensors);
  const names = op.inputs.map((id) => tensors.get(id)?.name ?? tensors.get(id)?.label ?? "");
  const title = element("h2", { class: "projection-title" }, t("page.inspector.ruleOf"), " ");
  title.append(element("code", {}, operationLabel(op, tensors)));
  return [title, words, ruleMark(context, op, names)];
}
