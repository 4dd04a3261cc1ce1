/** The enlarged run: its box with a title, the lenses that lead to it, tiles of a long run, the bundle of what is left. */

import { svgElement } from "../../element.js";
import { formatNumber, signOf } from "../../format.js";
import { cubic, pathData } from "../../layout/curves.js";
import { elementLink } from "../../picture/links.js";
import { svgText } from "../diagram/svg-text.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/runs/run-scene.js").RunMarks} RunMarks
 */

/** @param {Context} _context @param {RunMarks["lenses"][number]} lens */
export function lensMark(_context, { path, side }) {
  return svgElement("path", { class: `run-lens run-lens-${side}`, d: path });
}

/** @param {Context} context @param {RunMarks["box"]} box */
export function runBoxMark({ t }, { place, inputs, outputs, slices }) {
  const group = svgElement("g", { class: "run-box" });
  group.append(svgElement("rect", { class: "run-box-body", ...place, rx: 16 }));
  const title = t("page.runs.title", { inputs, outputs });
  group.append(svgText(title, { class: "run-title", x: place.x + 22, y: place.y + 30 }));
  const right = { x: place.x + place.width - 22, y: place.y + 30, "text-anchor": "end" };
  group.append(svgText(slices, { class: "run-slices", ...right }));
  return group;
}

/** @param {Context} _context @param {RunMarks["tiles"][number]} tile */
export function runTileMark(_context, { tensor, element, side, place, sign, level, selected, name }) {
  const group = svgElement("g", {
    class: `run-tile run-tile-${side}${selected ? " run-tile-selected" : ""}`,
    "data-tensor": tensor,
    "data-element": element,
    "data-link": elementLink(tensor, element),
  });
  group.append(svgElement("rect", { class: "run-tile-body", ...place, rx: side === "input" ? 4.5 : 1.5 }));
  const inner = { x: place.x + 4, y: place.y + 1.5, width: place.width - 8, height: place.height - 3, rx: 2 };
  const shade = { class: `tile tile-${sign}`, "fill-opacity": (0.1 + 0.85 * level ** 0.6).toFixed(3) };
  group.append(svgElement("rect", { ...inner, ...shade }));
  if (sign === "neg") {
    const middle = place.x + place.width / 2;
    group.append(
      svgElement("path", { class: "tile-dash", d: `M${middle - 4} ${place.y + place.height / 2}h8` }),
    );
  }
  if (selected) {
    const outside = side === "input" ? place.x - 8 : place.x + place.width + 8;
    const text = { class: `run-tile-score sign-${sign}`, x: outside, y: place.y + place.height / 2 + 4.5 };
    group.append(svgText(`◂ ${name}`, { ...text, "text-anchor": side === "input" ? "end" : "start" }));
  }
  return group;
}

/** @param {Context} context @param {NonNullable<RunMarks["rest"]>} rest */
export function restMark({ t }, { place, from, count, sum, side }) {
  const y = place.y + place.height / 2;
  const to = /** @type {[number, number]} */ ([side === "output" ? place.x : place.x + place.width, y]);
  const group = svgElement("g", { class: `run-rest sign-${signOf(sum)}` });
  for (const shift of [-3, 0, 3]) {
    const ends = [from, /** @type {[number, number]} */ ([to[0], to[1] + shift])];
    const [start, end] = side === "output" ? ends : [ends[1], ends[0]];
    group.append(svgElement("path", { class: "run-rest-line", d: pathData([cubic(start, end)]) }));
  }
  group.append(svgElement("rect", { class: "run-rest-body", ...place, rx: 4 }));
  const words = { class: "run-rest-words", x: place.x + 10, y: y - 4 };
  group.append(svgText(t("page.runs.rest", { count }), words));
  const number = { class: "run-rest-sum", x: place.x + 10, y: y + 13 };
  if (sum !== null) group.append(svgText(`Σ ${formatNumber(sum, 3)}`, number));
  return group;
}
