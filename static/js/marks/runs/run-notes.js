/** Beside the code: the equal loop, a table of what each dim does, the scale of the colours. */

import { element } from "../../element.js";
import { formatNumber } from "../../format.js";
import { INDENT } from "../../loops/loop-code.js";

/**
 * @typedef {import("../../i18n.js").Translate} Translate
 * @typedef {import("../../loops/loop.js").Loop} Loop
 * @typedef {import("../../loops/units.js").Unit} Unit
 */

/**
 * @param {Translate} t
 * @param {Loop} loop
 * @param {import("../../loops/loop-code.js").LoopCode | null} code
 */
export function loopMark(t, loop, code) {
  if (loop.count < 2) return null;
  const title = element("h3", {}, t("page.runs.loop"));
  if (!code) return element("div", {}, title, element("p", {}, t("page.runs.uneven", { count: loop.count })));
  const lines = code.heads.map(({ text, dim }) =>
    element("span", { class: "run-line" }, text, element("span", { class: "run-comment" }, `  # dim ${dim}`)),
  );
  const indent = INDENT.repeat(code.heads.length);
  const { target, slice, body } = code;
  const last = body ? `${indent}${target} = ${body}` : `${indent}# ${t("page.runs.same", { target, slice })}`;
  lines.push(element("span", { class: body ? "run-line" : "run-line run-comment" }, last));
  return element(
    "div",
    {},
    title,
    element("pre", { class: "run-code", tabindex: 0 }, element("code", {}, ...lines)),
  );
}

/**
 * @param {Translate} t
 * @param {Loop} loop
 * @param {Unit | null} unit
 * @param {string} name  of the input
 */
export function dimsMark(t, { pattern, count }, unit, name) {
  const size = { inputs: unit?.inputs.length ?? 0, outputs: unit?.outputs.length ?? 0 };
  const title = element("h3", {}, t("page.runs.dims"), " ", element("code", {}, name));
  if (!pattern?.input.length || !unit) return null;
  const rows = pattern.input.map((axis, dim) =>
    element(
      "tr",
      { class: `run-dim-${axis.role}` },
      element("th", { scope: "row" }, t("page.runs.dim", { dim })),
      element("td", {}, element("span", { class: "run-size" }, String(axis.size))),
      element("td", {}, t(`page.runs.role.${axis.role}`)),
    ),
  );
  const sizes = pattern.loops.map((loop) => loop.size);
  const told = count === 1 ? "once" : sizes.length === 1 ? "times" : "product";
  const foot = t(`page.runs.${told}`, { product: sizes.join(" × "), count, ...size });
  return element(
    "div",
    {},
    title,
    element("table", { class: "run-dims" }, element("tbody", {}, ...rows)),
    element("p", {}, foot),
  );
}

/**
 * Grids shade each by its own largest number, so each has its own ends.
 * @param {Translate} t
 * @param {"value" | "score"} shade
 * @param {{name: string, most: number | null}[]} ends
 */
export function scaleMark(t, shade, ends) {
  const known = ends.filter(({ most }) => most !== null);
  if (!known.length) return null;
  const scale = element("div", { class: `run-scale run-scale-${shade}`, "aria-hidden": "true" });
  const rows = known.map(({ name, most }) =>
    element(
      "p",
      { class: "run-ends" },
      element("span", {}, formatNumber(-(most ?? 0), 3)),
      element("span", {}, "0"),
      element("code", {}, name),
      element("span", {}, formatNumber(most, 3)),
    ),
  );
  const words = t(shade === "score" ? "page.runs.scale" : "page.runs.scaleValue");
  return element(
    "div",
    { class: "run-legend" },
    element("p", {}, words),
    scale,
    ...rows,
    element("p", {}, t("page.runs.dash")),
  );
}
