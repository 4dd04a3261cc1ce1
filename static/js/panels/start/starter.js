/** A built-in program as a card: a live diagram of its relation, the sum of one element, and what it is about. */

import { element } from "../../element.js";
import { middleInput } from "../../layout/mini.js";
import { miniSum } from "../../marks/diagram/mini-sum.js";
import { liveMini } from "./mini.js";

/**
 * @param {import("../../store.js").Program} program
 * @param {import("../../i18n.js").Translate} t
 * @param {() => void} open
 */
export function starterCard({ slug, picture }, t, open) {
  const title = t(`program.${slug}.title`);
  const button = element("button", { type: "button", class: "card-open" }, title);
  button.addEventListener("click", open);
  return element(
    "li",
    { class: "starter live-card" },
    element("div", { class: "card-head" }, button),
    ...(picture ? live(picture, t("page.start.picture", { name: title }), t, open) : []),
    element("p", { class: "starter-about" }, t(`program.${slug}.about`)),
  );
}

/**
 * @param {import("../../layout/mini.js").RelationPicture} picture
 * @param {string} name
 * @param {import("../../i18n.js").Translate} t
 * @param {() => void} open
 */
function live(picture, name, t, open) {
  const sum = element("p", { class: "mini-sum" });
  /** @param {number | null} chosen */
  const onLook = (chosen) => sum.replaceChildren(...(chosen === null ? [] : miniSum(picture, chosen)));
  const drawn = liveMini({ t }, picture, { name, rest: middleInput(picture), open, onLook });
  return [element("div", { class: "card-picture" }, drawn), sum];
}
