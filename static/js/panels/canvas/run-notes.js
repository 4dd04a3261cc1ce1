/** Beside the code: what each dim of the shown run does, the loop that the operation equals, and what the colours say. */

import { codeName } from "../../code/code-name.js";
import { element } from "../../element.js";
import { gridOf } from "../../layout/runs/run-grid.js";
import { loopOf } from "../../loops/loop.js";
import { loopCode } from "../../loops/loop-code.js";
import { dimsMark, loopMark, scaleMark } from "../../marks/runs/run-notes.js";
import { pictureAt } from "../../picture/picture.js";
import { runShown, SHOWN_BY } from "../../loops/run-view.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../layout/scene.js").Picture} Picture
 */

/**
 * @param {HTMLElement} code  the code panel
 * @param {Store} store
 * @param {import("../../i18n.js").Translate} t
 */
export function mountRunNotes(code, store, t) {
  const root = element("section", { class: "run-notes", hidden: true });
  code.querySelector(".code-cells")?.after(root);
  /** @param {State} state */
  const draw = (state) => {
    const picture = pictureAt(state.trace, state.steps, state.step);
    const shown = picture && runShown(state, picture.graph);
    const loop = picture && shown ? loopOf(picture.trace, shown.op, shown.input) : null;
    root.hidden = !loop;
    if (!picture || !shown || !loop) return;
    root.setAttribute("aria-label", t("page.runs.stepper"));
    const names = {
      input: codeName(loop.input, picture.symbols),
      output: codeName(loop.output, picture.symbols),
    };
    const unit = loop.run(shown.index);
    const parts = [
      loopMark(t, loop, loopCode(picture.trace, loop, names)),
      dimsMark(t, loop, unit ?? loop.run(0), names.input),
      scaleMark(t, state.shade, mostOf(state, picture, loop)),
    ];
    root.replaceChildren(...parts.filter((part) => part !== null));
  };
  store.subscribe((state, previous) => {
    if (SHOWN_BY.some((key) => state[key] !== previous[key])) draw(state);
  });
  draw(store.get());
}

/** @param {import("../../trace/trace-types.js").TraceTensor} tensor */
function tiled(tensor) {
  return !gridOf(tensor, []).numbers;
}

/**
 * The largest magnitudes behind the tiles of the two grids, as far as they are known.
 * @param {State} state
 * @param {Picture} picture
 * @param {import("../../loops/loop.js").Loop} loop
 */
function mostOf({ shade }, { trace, graph }, { input, output }) {
  const scores = graph.call === null ? [] : trace.backward[graph.call].scores;
  return [input, output].filter(tiled).map((tensor) => {
    const scored = scores.find((score) => score.tensor === tensor.id)?.values ?? [];
    const numbers = shade === "score" ? scored : (tensor.values ?? []);
    const sizes = numbers.map((value) => Math.abs(Number(value))).filter(Number.isFinite);
    return { name: tensor.name ?? tensor.label, most: sizes.length ? Math.max(...sizes) : null };
  });
}
