/** A Jacobian of up to 64 × 64 as a heat map: darker is larger, a negative weight is a dash. */

import { element, svgElement } from "../../element.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../tables/jacobian.js").Jacobian} Jacobian
 */

const ROOM = { width: 330, height: 166 };
const LEVELS = 6;
const CELL = { least: 2, most: 9 };

/**
 * @param {Context} context
 * @param {Jacobian} table
 * @returns {HTMLElement}
 */
export function heatMark({ t }, table) {
  const [height, width] = [table.rows.length, table.columns.length];
  const fit = Math.floor(Math.min(ROOM.width / width, ROOM.height / height));
  const cell = Math.max(CELL.least, Math.min(CELL.most, fit));
  const name = t("page.table.heat", { rows: height, columns: width });
  const size = { width: width * cell, height: height * cell, viewBox: `0 0 ${width} ${height}` };
  const svg = svgElement("svg", { class: "heat", role: "img", "aria-label": name, ...size });
  svg.append(svgElement("rect", { class: "heat-ground", width, height }), ...shades(table));
  if (table.selected !== null)
    svg.append(svgElement("rect", { class: "heat-frame", x: table.selected, y: 0, width: 1, height }));
  if (table.selectedRow !== null)
    svg.append(svgElement("rect", { class: "heat-frame", x: 0, y: table.selectedRow, width, height: 1 }));
  const readout = element("output", { class: "heat-readout inspector-note" }, t("page.table.heatHint"));
  return element("div", { class: "heat-map" }, svg, readout);
}

/** All cells of one sign and strength are one path. @param {Jacobian} table */
function shades({ cells }) {
  const most = Math.max(...cells.flat().map((weight) => Math.abs(weight ?? 0)), Number.MIN_VALUE);
  /** @type {Map<string, string>} */
  const paths = new Map();
  cells.forEach((row, r) => {
    row.forEach((weight, c) => {
      if (weight === null) return;
      const sign = weight > 0 ? "pos" : weight < 0 ? "neg" : "zero";
      const level = Math.ceil((LEVELS * Math.abs(weight)) / most) || 0;
      const [top, tall] = sign === "neg" ? [0.3, 0.4] : sign === "zero" ? [0.4, 0.2] : [0.05, 0.9];
      const key = `${sign} ${level}`;
      paths.set(key, `${paths.get(key) ?? ""}M${c + 0.05} ${r + top}h.9v${tall}h-.9z`);
    });
  });
  return [...paths].map(([key, d]) => {
    const [sign, level] = key.split(" ");
    const path = svgElement("path", { class: `heat-cells sign-${sign}`, d });
    path.style.setProperty("--strength", String(0.25 + (0.75 * Number(level)) / LEVELS));
    return path;
  });
}
