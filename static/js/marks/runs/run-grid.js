/** A tensor beside one of its runs: the run's cells framed, orange and violet by score, a dash in negative tiles. */

import { svgElement } from "../../element.js";
import { elementLink } from "../../picture/links.js";
import { svgText } from "../diagram/svg-text.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/runs/run-scene.js").GridMark} GridMark
 * @typedef {import("../../layout/runs/run-grid.js").Rect} Rect
 */

const FRAME = 4;

/** @param {Context} context @param {GridMark} mark @returns {SVGElement} */
export function runGridMark({ t }, { place, shade, cells, selected, caption }) {
  const { tensor, grid, side, x, y } = place;
  const group = svgElement("g", {
    class: `run-grid run-grid-${side}`,
    transform: `translate(${x} ${y})`,
  });
  if (!grid.numbers)
    group.append(rect(grown({ x: 0, y: 0, ...grid }, 5), "run-sheet", side === "input" ? 9 : 4));
  cells.forEach((cell, i) => {
    /** @type {Record<string, string | number>} */
    const link = grid.blocks
      ? { "data-block": i, "data-of": tensor.id }
      : { "data-tensor": tensor.id, "data-tile": i, "data-link": elementLink(tensor.id, i) };
    group.append(
      ...(grid.numbers
        ? numberMarks(grid.cells[i], cell, shade, side, link)
        : tileMarks(grid.cells[i], cell, link)),
    );
  });
  for (const label of grid.labels)
    group.append(
      svgText(label.text, {
        class: "run-label",
        x: label.x,
        y: label.y,
        "text-anchor": label.end ? "end" : "middle",
      }),
    );
  for (const frame of place.frames)
    group.append(rect(grown(frame, FRAME), "run-frame", side === "input" && grid.numbers ? 14 : 6));
  if (selected !== null && grid.cells[selected])
    group.append(rect(grown(grid.cells[selected], 1.5), "tile-ring", 4));
  if (caption) group.append(svgText(t(`page.runs.${shade}`), captionAt(place)));
  return group;
}

/** @param {GridMark["place"]} place */
function captionAt({ grid }) {
  const y = grid.numbers ? -9 : grid.height + 24;
  return { class: "run-caption", x: grid.width / 2, y, "text-anchor": "middle" };
}

/**
 * @param {Rect} at
 * @param {import("../../layout/runs/run-scene.js").GridCell} cell
 * @param {"value" | "score"} shade
 * @param {"input" | "output"} side
 * @param {Record<string, string | number>} link
 */
function numberMarks(at, { sign, text, inRun }, shade, side, link) {
  const role = inRun ? ` run-cell-${side}` : "";
  const look = shade === "score" ? `card-cell sign-${sign}` : `run-cell${role}`;
  const ink = shade === "score" ? `card-number sign-${sign}` : `card-number${inRun ? " run-number" : ""}`;
  const round = inRun && side === "input" ? at.height / 2 : 5;
  return [
    svgElement("rect", { class: look, ...at, rx: round, ...link }),
    svgText(text, { class: ink, x: at.x + at.width / 2, y: at.y + at.height / 2 + 4.5 }),
  ];
}

/** @param {Rect} at @param {import("../../layout/runs/run-scene.js").GridCell} cell @param {Record<string, string | number>} link */
function tileMarks(at, { sign, level }, link) {
  const opacity = (0.1 + 0.85 * level ** 0.6).toFixed(3);
  const tile = svgElement("rect", {
    class: `tile tile-${sign}`,
    ...at,
    rx: 1.5,
    "fill-opacity": opacity,
    ...link,
  });
  if (sign !== "neg" || at.width < 7) return [tile];
  const y = at.y + at.height / 2;
  return [
    tile,
    svgElement("path", { class: "tile-dash", d: `M${at.x + at.width * 0.28} ${y}h${at.width * 0.44}` }),
  ];
}

/** @param {{x: number, y: number, width: number, height: number}} frame @param {number} by */
function grown({ x, y, width, height }, by) {
  return { x: x - by, y: y - by, width: width + 2 * by, height: height + 2 * by };
}

/** @param {Rect} at @param {string} name @param {number} round */
function rect(at, name, round) {
  return svgElement("rect", { class: name, ...at, rx: round });
}
