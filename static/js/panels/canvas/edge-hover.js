/** Pointing at an edge shows its weight. */

import { chipAt } from "../../layout/chips.js";
import { chipMark } from "../../marks/diagram/chip.js";

/**
 * @param {SVGSVGElement} svg
 * @param {SVGGElement} world
 * @param {import("../../marks/context.js").Context} context
 * @param {() => import("../../layout/scene.js").Picture | null} current
 */
export function hoverEdges(svg, world, context, current) {
  /** @type {Element | null} */
  let shown = null;
  svg.addEventListener("pointerover", (event) => {
    const mark = /** @type {SVGElement | null} */ (
      /** @type {Element} */ (event.target).closest(".edge, .chip")
    );
    clear();
    const key = mark?.dataset.edge;
    const edge =
      key === undefined ? undefined : current()?.lines.edges.find((candidate) => candidate.key === key);
    if (!edge?.carries) return;
    svg.querySelector(`.edge[data-edge="${key}"]`)?.classList.add("edge-hovered");
    if (svg.querySelector(`.chip[data-edge="${key}"]`)) return;
    const chip = chipMark(context, {
      chip: chipAt(edge, 0.5),
      lost: Boolean(mark?.classList.contains("edge-lost")),
      quiet: false,
      blocked: false,
    });
    chip.classList.add("chip-hover");
    shown = chip;
    world.append(chip);
  });
  svg.addEventListener("pointerleave", clear);

  function clear() {
    shown?.remove();
    shown = null;
    for (const edge of svg.querySelectorAll(".edge-hovered")) edge.classList.remove("edge-hovered");
  }
}
