/** Pointing at a folded operation tells what it is: kind of relation, GradFn, what it saved. */

import { element, svgElement } from "../../element.js";
import { savedText } from "../../marks/diagram/op-chip.js";
import { relationIcon } from "../../marks/diagram/relation-icon.js";

/** @typedef {import("../../layout/levels/folds.js").FoldMark} FoldMark */

const MOST = 6;

/**
 * @param {HTMLElement} root
 * @param {SVGSVGElement} svg
 * @param {import("../../i18n.js").Translate} t
 * @param {() => FoldMark[]} folds  what is folded now
 */
export function mountFoldTip(root, svg, t, folds) {
  const tip = element("div", { class: "fold-tip", role: "tooltip", id: "fold-tip" });
  tip.hidden = true;
  root.append(tip);
  const hide = () => {
    tip.hidden = true;
  };
  /** @param {Event} event */
  const show = ({ target }) => {
    const chip =
      target instanceof Element ? /** @type {SVGElement | null} */ (target.closest(".fold")) : null;
    const fold = chip && folds().find(({ op }) => op === Number(chip.dataset.op));
    if (!chip || !fold) return hide();
    tip.replaceChildren(
      ...rows(fold, t),
      element("p", { class: "fold-tip-how" }, t("page.diagram.fold.how")),
    );
    chip.setAttribute("aria-describedby", tip.id);
    tip.hidden = false;
    place(tip, chip.getBoundingClientRect(), root.getBoundingClientRect());
  };
  svg.addEventListener("pointerover", show);
  svg.addEventListener("focusin", show);
  svg.addEventListener("pointerleave", hide);
  svg.addEventListener("focusout", hide);
  svg.addEventListener("pointerdown", hide);
}

/** @param {FoldMark} fold @param {import("../../i18n.js").Translate} t */
function rows(fold, t) {
  const shown = fold.facts.slice(0, MOST).map((facts) => {
    const picture = svgElement("svg", {
      class: "fold-tip-icon",
      width: 22,
      height: 14,
      "aria-hidden": "true",
    });
    picture.append(relationIcon(facts.kind));
    const stopless = { ...facts, stop: null };
    const told = [facts.gradFn ?? "", facts.state === "error" ? "" : savedText(t, stopless)].filter(Boolean);
    return element(
      "p",
      { class: "fold-tip-row" },
      picture,
      element("b", {}, facts.label),
      element("span", {}, told.join(" · ")),
    );
  });
  return fold.facts.length > MOST ? [...shown, element("p", {}, "…")] : shown;
}

/** Over the chip, or under it where there is no room; never over the canvas's sides. @param {HTMLElement} tip @param {DOMRect} chip @param {DOMRect} canvas */
function place(tip, chip, canvas) {
  const { offsetWidth: width, offsetHeight: height } = tip;
  const over = chip.top - canvas.top - height - 8;
  const middle = chip.left - canvas.left + chip.width / 2 - width / 2;
  tip.style.setProperty("left", `${Math.max(8, Math.min(canvas.width - width - 8, middle))}px`);
  tip.style.setProperty("top", `${over > 44 ? over : chip.bottom - canvas.top + 8}px`);
}
