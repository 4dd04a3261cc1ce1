/** A green node's score handed out: one line for every element that takes a share of it. */

import { element } from "../../element.js";
import { edgeLink, elementLink } from "../../picture/links.js";
import { elementTexOf } from "../../why/sum-latex.js";
import { plainNumber, scoreNumber, weightNumber } from "./number.js";
import { tex } from "./tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../why/hand-out.js").HandOut} HandOut
 * @typedef {import("../../why/hand-out.js").Share} Share
 */

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {string} target   LaTeX of what is differentiated
 * @param {HandOut} given
 * @returns {HTMLElement}
 */
export function handOutMark({ t }, picture, target, given) {
  const lines = given.shares.map((share) => shareLine(picture, target, given, share));
  const list = element("ul", { class: "shares" }, ...lines);
  if (given.rest)
    list.append(element("li", { class: "sum-rest" }, t("page.inspector.rest", { count: given.rest })));
  if (!given.complete) list.append(element("li", { class: "sum-rest" }, t("page.inspector.incomplete")));
  return list;
}

/** @param {Picture} picture @param {string} target @param {HandOut} given @param {Share} share */
function shareLine(picture, target, given, share) {
  const own = elementTexOf(picture, given.tensor.id, given.element);
  const input = elementTexOf(picture, share.tensor, share.element);
  const use = share.uses > 1 ? `^{(${share.use})}` : "";
  const sign = share.weight > 0 ? "pos" : share.weight < 0 ? "neg" : "zero";
  const to = tex(input, "share-to");
  to.dataset.link = elementLink(share.tensor, share.element);
  const link = edgeLink(share.op, share.place, share.edge);
  return element(
    "li",
    { class: "share", "data-link": link },
    to,
    operator("←"),
    tex(`\\dfrac{\\partial ${target}}{\\partial ${own}}`, "sum-up"),
    operator("·"),
    tex(`\\dfrac{\\partial ${own}}{\\partial ${input}${use}}`, `sum-local sign-${sign}`),
    operator("="),
    scoreNumber(given.score, "out"),
    operator("×"),
    weightNumber(share.weight),
    operator("="),
    plainNumber(share.product ?? undefined),
  );
}

/** @param {string} text */
function operator(text) {
  return element("span", { class: "sum-operator" }, text);
}
