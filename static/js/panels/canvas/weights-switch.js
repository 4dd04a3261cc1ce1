/** A switch on the canvas, there when a band has too many edges for all their weights: writes them as far as there is room. */

import { element } from "../../element.js";
import { REST } from "../../layout/chips.js";

/**
 * @typedef {import("../../store.js").Store} Store
 * @typedef {import("../../layout/scene.js").Picture} Picture
 */

/**
 * @param {HTMLElement} root  the canvas
 * @param {Store} store
 * @param {import("../../i18n.js").Translate} t
 */
export function createWeightsSwitch(root, store, t) {
  const button = element("button", { type: "button" });
  const box = element("div", { class: "canvas-switch weights-switch", hidden: true }, button);
  root.querySelector(".canvas-foot")?.append(box);
  button.addEventListener("click", () => store.set({ weights: !store.get().weights }));
  return {
    /** @param {Picture | null} picture */
    draw(picture) {
      const { weights } = store.get();
      box.hidden = !weights && !isCrowded(picture);
      button.textContent = t("page.runs.weights");
      button.title = t("page.runs.weightsTitle");
      button.setAttribute("aria-pressed", String(weights));
    },
  };
}

/** @param {Picture | null} picture */
function isCrowded(picture) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const { op, carries } of picture?.lines.edges ?? [])
    if (carries) counts.set(op, (counts.get(op) ?? 0) + 1);
  return [...counts.values()].some((count) => count > REST);
}
