/** The card of an error: what it means, and repairs as real code with a button each. */

import { element } from "../element.js";
import { icon, octagon } from "../icons.js";
import { faultFigure } from "./fault-figure.js";

/**
 * @typedef {import("../i18n.js").Translate} Translate
 * @typedef {import("../errors/fixes.js").Fix & {code: string}} ShownFix  with the lines that it makes
 * @typedef {{name: string, text: string}} Promise  what a repair gives: the name of a `.grad`, and its numbers
 *
 * @typedef {object} FaultCard
 * @property {import("../errors/explanation.js").Explanation} explanation
 * @property {string | null} hint        in the reader's language
 * @property {ShownFix[]} fixes
 * @property {number} cell               of the error; position in the run
 * @property {boolean} stale             the code has changed since, so that nothing can be repaired
 */

/**
 * @param {Translate} t
 * @param {FaultCard} card
 * @returns {HTMLElement[]}
 */
export function faultCard(t, { explanation, hint, fixes, cell, stale }) {
  const { code, values, told } = explanation;
  const label = t("page.fault.close");
  const close = element("button", {
    type: "button",
    class: "fault-close",
    "aria-label": label,
    title: label,
  });
  close.append(icon("close", 14));
  const title = element(
    "h2",
    { id: "fault-title", tabindex: -1 },
    octagon(18),
    t(`page.fault.${code}.title`, values),
  );
  const sentence = told ? t(`page.fault.${code}.text`, values) : hint;
  const figure = faultFigure(t, explanation);
  const list = element(
    "ol",
    { class: "fault-fixes" },
    ...fixes.map((fix, i) => fixItem(t, fix, i, cell, stale)),
  );
  return [
    element("header", { class: "fault-head" }, title, close),
    ...(sentence ? [element("p", { class: "fault-text" }, sentence)] : []),
    ...(figure ? [figure] : []),
    ...(fixes.length ? [list] : []),
    element("div", { class: "fault-preview", "aria-live": "polite" }),
  ];
}

/** @param {Translate} t @param {ShownFix} fix @param {number} position @param {number} cell @param {boolean} stale */
function fixItem(t, fix, position, cell, stale) {
  const elsewhere = fix.edits[0].cell !== cell;
  const key = fix.opens ? "fill" : elsewhere ? "change" : "try";
  const button = element(
    "button",
    {
      type: "button",
      class: position ? "button" : "button button-primary",
      "data-fix": position,
      disabled: stale,
    },
    t(`page.fault.${key}`, { cell: fix.edits[0].cell + 1 }),
  );
  const about = element(
    "span",
    { class: "fault-about", id: `fix-${position}` },
    t(`page.fix.${fix.label}`, fix.values),
  );
  button.setAttribute("aria-describedby", `fix-${position}`);
  const code = element("code", { class: "fault-code" }, fix.code);
  return element("li", {}, code, about, button);
}

/**
 * @param {Translate} t
 * @param {Promise[]} promises
 * @returns {HTMLElement[]}
 */
export function faultPreview(t, promises) {
  if (!promises.length) return [];
  return [
    element("p", {}, t("page.fault.preview")),
    ...promises.map(({ name, text }) => element("code", {}, `${name} = ${text}`)),
  ];
}
