/**
 * Pointing at an edge, wherever it is shown, tells where its weight comes from, and marks the elements whose values
 * it is made of: the cell of A for A @ X, the output for softmax.
 */

import { elementLink, linkedEdge } from "../../picture/links.js";
import { provenanceMark } from "../../marks/inspector/provenance.js";
import { pictureAt } from "../../picture/picture.js";
import { provenanceOf } from "../../why/provenance.js";

const GIVES = "gives-weight";

/**
 * @param {HTMLElement} inspector
 * @param {import("../../store.js").Store} store
 * @param {import("../../i18n.js").Translate} t
 */
export function mountWeightHover(inspector, store, t) {
  let shown = "";
  /** @type {() => void} */
  let restore = () => {};
  /** @param {string} link */
  const show = (link) => {
    if (link === shown) return;
    shown = link;
    restore();
    restore = () => {};
    const edge = linkedEdge(link);
    const { trace, steps, step, lang } = store.get();
    const picture = edge && pictureAt(trace, steps, step);
    if (!edge || !picture || !trace?.ops.some(({ id }) => id === edge.op)) return;
    const unmark = markSources(provenanceOf(picture, edge)?.sources ?? []);
    const away = tell(inspector, provenanceMark({ t, lang }, picture, edge));
    restore = () => [unmark, away].map((undo) => undo());
  };
  document.addEventListener("pointerover", ({ target }) => {
    const mark = target instanceof Element ? target.closest("[data-link]") : null;
    if (mark?.closest(".provenance, [data-links]")) return;
    show(mark?.getAttribute("data-link")?.split(" ")[0] ?? "");
  });
  document.documentElement.addEventListener("pointerleave", () => show(""));
}

/** @param {{tensor: number, element: number}[]} sources */
function markSources(sources) {
  const marks = sources
    .slice(0, 16)
    .flatMap(({ tensor, element }) => [
      ...document.querySelectorAll(`#canvas [data-link~="${elementLink(tensor, element)}"]`),
    ]);
  for (const mark of marks) mark.classList.add(GIVES);
  return () => {
    for (const mark of marks) mark.classList.remove(GIVES);
  };
}

/**
 * The line stands where that of the chosen edge stands.
 * @param {HTMLElement} inspector
 * @param {HTMLElement | null} line
 */
function tell(inspector, line) {
  const part = inspector.querySelector(".inspector-why");
  const own = part?.querySelector(".provenance[data-link]");
  if (!line || !part) return () => {};
  if (!own) {
    part.append(line);
    return () => line.remove();
  }
  if (own.getAttribute("data-link") === line.getAttribute("data-link")) return () => {};
  own.replaceWith(line);
  return () => line.replaceWith(own);
}
