/**
 * The canvas under the diagram for hundreds or thousands of edges. While the view moves the last bitmap moves along and
 * is drawn sharp again after; the edge under the pointer becomes a mark of the page, so that it can be hovered like any.
 */

import { element, svgElement } from "../../element.js";
import { nearestEdge, strokesOf } from "../../layout/painting.js";
import { linkedEdge } from "../../picture/links.js";
import { edgeMark } from "../../marks/diagram/edge.js";
import { paint } from "../../marks/diagram/paint.js";

/**
 * @typedef {import("../../layout/painting.js").PaintMark} PaintMark
 * @typedef {{x: number, y: number, k: number}} Transform
 * @typedef {{x: number, y: number, width: number, height: number}} Rect
 */

const SHARP = 120;
const REACH = 8;

/**
 * @param {HTMLElement} root
 * @param {SVGSVGElement} svg
 * @param {SVGGElement} world
 * @param {import("../../marks/context.js").Context} context
 */
export function createPaintedEdges(root, svg, world, context) {
  const canvas = element("canvas", { class: "painted-edges", "aria-hidden": "true", hidden: true });
  const hot = svgElement("g", { class: "layer-hot" });
  root.insertBefore(canvas, svg);
  /** @type {PaintMark[]} */
  let marks = [];
  /** @type {Rect | null} */
  let tint = null;
  let told = "";
  /** @type {Transform} */
  let here = { x: 0, y: 0, k: 1 };
  /** @type {Transform} */
  let drawn = here;
  let timer = 0;
  let frame = 0;

  const sharpen = () => {
    if (canvas.hidden) return;
    paint(canvas, strokesOf(marks), here, tint);
    drawn = here;
    canvas.style.transform = "";
  };

  /** @param {import("../../layout/edges.js").Edge | null} edge */
  const heat = (edge) => {
    const shown = hot.firstElementChild?.getAttribute("data-edge") ?? null;
    if (shown === (edge?.key ?? null)) return;
    const mark = edge && marks.find((other) => other.edge === edge);
    hot.replaceChildren(...(mark ? [edgeMark(context, { ...mark, emphasis: "rest", looked: false })] : []));
    world.insertBefore(hot, world.querySelector(".layer-ops"));
  };

  svg.addEventListener("pointermove", (event) => {
    if (canvas.hidden || frame || event.buttons) return;
    const { clientX, clientY, target } = event;
    frame = requestAnimationFrame(() => {
      frame = 0;
      const over = target instanceof Element && target.closest(".node, .card, .chip, .op");
      if (over) return heat(null);
      const box = svg.getBoundingClientRect();
      const [x, y] = [(clientX - box.x - here.x) / here.k, (clientY - box.y - here.y) / here.k];
      heat(nearestEdge(marks, x, y, REACH / here.k));
    });
  });

  return {
    /**
     * @param {PaintMark[]} next  empty where all edges are marks of the page
     * @param {Rect | null} field  the field of the current operation, which lies under the edges
     * @param {string} theme
     */
    draw(next, field, theme) {
      canvas.hidden = next.length === 0;
      svg.toggleAttribute("data-painted", next.length > 0);
      const looks = next.map(({ edge, emphasis, lost, blocked }) => [
        edge.key,
        edge.weight,
        emphasis,
        lost,
        blocked,
      ]);
      const now = JSON.stringify([
        looks,
        field,
        theme,
        next[0]?.edge.pieces,
        next.length && canvas.clientWidth,
      ]);
      [marks, tint] = [next, field];
      if (now === told) return;
      told = now;
      heat(null);
      sharpen();
    },
    /** @param {Transform} at */
    move(at) {
      here = { ...at };
      if (canvas.hidden) return;
      const k = here.k / drawn.k;
      canvas.style.transform = `translate(${here.x - drawn.x * k}px, ${here.y - drawn.y * k}px) scale(${k})`;
      clearTimeout(timer);
      timer = setTimeout(sharpen, SHARP);
    },
    /** What is pointed at elsewhere lights here, too. @param {string | null} link */
    light(link) {
      const place = link && linkedEdge(link.split(" ")[0]);
      if (canvas.hidden || !place) return;
      heat(marks.find(({ edge }) => isAt(edge, place))?.edge ?? null);
      hot.firstElementChild?.classList.add("linked");
    },
  };
}

/** @param {import("../../layout/edges.js").Edge} edge @param {{op: number, relation: number, edge: number}} place */
function isAt({ op, relation, index }, place) {
  return op === place.op && relation === place.relation && index === place.edge;
}
