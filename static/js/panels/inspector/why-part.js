/** The left part: the sum of the selected element, or the paths that it comes from when the reader asks on. */

import { element } from "../../element.js";
import { hasCurve } from "../../why/curve-plot.js";
import { handOutOf } from "../../why/hand-out.js";
import { targetOf } from "../../why/inspection.js";
import { lookedEdge } from "../../why/looked-edge.js";
import { pathsSection } from "../../marks/inspector/paths.js";
import { whySection } from "../../marks/inspector/why.js";
import { pathsOf } from "../../tables/paths.js";
import { readingOf } from "../../why/reading.js";
import { isWeightGone } from "../../trace/stops.js";
import { createCurves } from "./curves.js";

/**
 * @typedef {import("../../store.js").State} State
 * @typedef {import("../../marks/context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../trace/walk.js").Known} Known
 * @typedef {import("../../why/inspection.js").WrittenSum} WrittenSum
 */

/**
 * @param {HTMLElement} body  where the part is drawn
 * @param {() => void} redraw
 */
export function createWhyPart(body, redraw) {
  /** What the reader asks on for. @type {"why" | "curve" | null} */
  let asked = null;
  const curves = createCurves(redraw);
  body.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-ask]") : null;
    if (!(button instanceof HTMLElement)) return;
    const wanted = button.dataset.ask === "curve" ? "curve" : "why";
    asked = asked === wanted ? null : wanted;
    redraw();
  });
  return {
    /**
     * @param {Context} context
     * @param {Picture} picture
     * @param {Known} known
     * @param {State} state
     * @param {WrittenSum | null} written
     */
    draw(context, picture, known, state, written) {
      const target = targetOf(picture);
      const why = whyOf(picture, known, state, written);
      const place = state.selection;
      const call = known.call === null ? null : picture.trace.backward[known.call];
      const told = place && call && why.written && why.written.sum.total !== null;
      const curved = hasCurve(picture.trace, why.edge);
      const curve = asked === "curve" && why.edge && curved ? curves.of(state, why.edge) : null;
      const part =
        told && asked === "why"
          ? pathsSection(context, picture, target.symbol, place, pathsOf(picture.trace, call, place))
          : whySection(context, picture, known, target, { ...why, curve });
      const title = part.querySelector(".inspector-title");
      if (curved) title?.after(askButton(context, "curve", asked === "curve"));
      if (told) title?.after(askButton(context, "why", asked === "why"));
      return part;
    },
  };
}

/** @param {Context} context @param {"why" | "curve"} what @param {boolean} asked */
function askButton({ t }, what, asked) {
  const attributes = { type: "button", class: "ask-why", "data-ask": what, "aria-expanded": String(asked) };
  return element("button", attributes, t(what === "why" ? "page.paths.why" : "page.curve.show"));
}

/**
 * The selected element as it is read: gathered into, or handing out; and the edge whose weight is explained.
 * @param {Picture} picture
 * @param {Known} known
 * @param {State} state
 * @param {WrittenSum | null} written
 */
function whyOf(picture, known, state, written) {
  const { selection, reading } = state;
  const green = written && selection && readingOf(picture.graph, selection.tensor, reading) === "output";
  const given = green ? handOutOf(picture, known, state) : null;
  const edge = lookedEdge(state.edge, (given ? given.all : written?.sum.terms) ?? []);
  const told = edge && !isWeightGone(picture.trace, known, edge.op) ? edge : null;
  return { written: green ? null : written, given, edge: told };
}
