/** The frame around unfolded operations: of a single one with its name and how often its loop runs, and a frame per run. */

import { svgElement } from "../../element.js";
import { operationLink } from "../../picture/links.js";
import { unfoldSign } from "./frame.js";
import { ownSign } from "./own.js";
import { savedText } from "./op-chip.js";
import { relationIcon } from "./relation-icon.js";
import { svgText } from "./svg-text.js";

/** @typedef {import("../../layout/levels/folds.js").RegionMark} RegionMark */

const HEAD = 27;
const ROUND = 16;

/**
 * @param {import("../context.js").Context} context
 * @param {RegionMark} region
 * @returns {SVGElement}
 */
export function regionMark(context, region) {
  const { x, y, width, height } = region;
  const group = svgElement("g", { class: `region${region.now ? " region-now" : ""}` });
  group.append(svgElement("rect", { class: "region-body", x, y, width, height, rx: ROUND }));
  if (region.head) group.append(headMark(context, region, region.head));
  if (region.head?.own) group.append(ownSign(context.t, region.head.own, { x: x + 8, y: y + 8 }));
  if (region.head?.layer) {
    const at = { x: x + width - 8, y: y + 8 };
    group.append(unfoldSign(context.t, region.head.layer, at, region.head.op));
  }
  for (const unit of region.units) group.append(...unitMarks(unit));
  return group;
}

/** @param {import("../context.js").Context} context @param {RegionMark} region @param {NonNullable<RegionMark["head"]>} head */
function headMark({ t }, region, head) {
  const left = region.x + 16;
  const icon = relationIcon(head.kind);
  icon.setAttribute("transform", `translate(${left} ${region.y + HEAD - 12})`);
  const label = svgText(head.label, { class: "region-label", x: left + 30, y: region.y + HEAD });
  const told = [head.gradFn ?? "", savedText(t, head)].filter(Boolean).join("   ");
  const look = `region-note${head.state === "error" ? " region-stopped" : ""}`;
  const second = svgText(told, { class: look, x: left, y: region.y + HEAD + 21 });
  const place = { x: region.x + 6, y: region.y + 6, width: region.width - 12, height: HEAD + 22, rx: 10 };
  return svgElement(
    "g",
    {
      class: "region-head",
      role: "button",
      tabindex: -1,
      "aria-label": t("page.diagram.fold.unfolded", { label: head.label }),
      "aria-expanded": "true",
      "data-op": head.op,
      "data-toggle": `close ${head.op}`,
      "data-link": operationLink(head.op),
    },
    svgElement("rect", { class: "region-grip", ...place }),
    icon,
    label,
    second,
    ...runsNote(t, region, head),
  );
}

/**
 * How often the loop runs, where there is room beside the label.
 * @param {import("../../i18n.js").Translate} t
 * @param {RegionMark} region
 * @param {NonNullable<RegionMark["head"]>} head
 */
function runsNote(t, region, { label, units }) {
  if (!units) return [];
  const key = units.count > 1 ? "page.diagram.region.runs" : "page.diagram.region.once";
  const text = t(key, units);
  if (textWidth(text) > region.width - 86 - 9.2 * label.length) return [];
  const place = { x: region.x + region.width - 16, y: region.y + HEAD, "text-anchor": "end" };
  return [svgText(text, { class: "region-note", ...place })];
}

/** Estimate, px. @param {string} text */
function textWidth(text) {
  return [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e80 ? 13 : 7), 0);
}

/** @param {import("../../layout/units.js").UnitFrame} unit */
function unitMarks({ x, y, width, height, label }) {
  const turn = `translate(${x + 15} ${y + height / 2}) rotate(-90)`;
  return [
    svgElement("rect", { class: "region-unit", x, y, width, height, rx: 12 }),
    svgText(label, { class: "region-slice", transform: turn, "text-anchor": "middle" }),
  ];
}
