/** One operation of the gallery: name, live diagram, forward and local derivative. Drawn when it comes near. */

import { element } from "../../element.js";
import { tex } from "../../marks/inspector/tex.js";
import { liveMini } from "./mini.js";

/** @typedef {import("../../i18n.js").Translate} Translate */

/**
 * @param {import("../../gallery.js").Shown} entry
 * @param {string} about  what the reader's language calls it
 * @param {Translate} t
 * @param {() => void} open
 * @returns {{card: HTMLElement, draw: () => void}}
 */
export function operationCard(entry, about, t, open) {
  const { title, picture, forward, local } = entry;
  const button = element("button", { type: "button", class: "card-open" }, element("code", {}, title));
  button.addEventListener("click", open);
  const formulas = element("dl", { class: "card-formulas" });
  const shown = picture.edges.input.length;
  const part = shown < picture.edge_count ? t("page.start.part", { shown, count: picture.edge_count }) : "";
  const place = element("div", { class: "card-drawing" });
  const said = part ? element("p", { class: "card-part" }, part) : null;
  const card = element(
    "li",
    { class: "live-card" },
    element("div", { class: "card-head" }, button, element("span", { class: "card-about" }, about)),
    element("div", { class: "card-picture" }, place, said),
    formulas,
  );
  const draw = () => {
    const label = t("page.start.picture", { name: title });
    place.replaceChildren(liveMini({ t }, picture, { name: label, rest: null, open }));
    formulas.replaceChildren(
      ...formula(t("page.start.forward"), forward),
      ...formula(t("page.start.local"), local),
    );
    breakLong(formulas);
  };
  return { card, draw };
}

/** A formula wider than its place is set smaller and in lines. @param {HTMLElement} formulas */
function breakLong(formulas) {
  for (const place of formulas.querySelectorAll("dd")) {
    const width = place.firstElementChild?.getBoundingClientRect().width ?? 0;
    place.classList.toggle("card-long", width > place.clientWidth);
  }
}

/** @param {string} name @param {string | null} source */
function formula(name, source) {
  if (!source) return [];
  return [element("dt", {}, name), element("dd", {}, tex(`\\displaystyle ${source}`))];
}
