/** "Why this number?": the paths of one score, each from the root to the element, and what they add up to. */

import { element } from "../../element.js";
import { edgeLink, elementLink } from "../../picture/links.js";
import { pathsLatex } from "../../tables/paths-latex.js";
import { elementTexOf } from "../../why/sum-latex.js";
import { symbolTex } from "../../picture/symbols.js";
import { copyLatexButton } from "./copy.js";
import { plainNumber, scoreNumber, weightNumber } from "./number.js";
import { section } from "./section.js";
import { tex } from "./tex.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../tables/paths.js").Expansion} Expansion
 * @typedef {import("../../tables/paths.js").Path} Path
 * @typedef {{tensor: number, element: number}} Place
 */

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {import("../../picture/symbols.js").Symbol | null} root  when it is one number
 * @param {Place} place
 * @param {Expansion | null} found  null when the edges are not all at hand
 */
export function pathsSection(context, picture, root, place, found) {
  const { t } = context;
  const own = tex(elementTexOf(picture, place.tensor, place.element));
  const title = [own, t("page.inspector.scoreOf")];
  if (!found)
    return section("why", title, "", element("p", { class: "inspector-note" }, t("page.paths.missing")));
  const rows = found.paths.map((path, i) => pathRow(picture, place, path, i));
  const list = element("ol", { class: "paths" }, ...rows, ...restRow(context, found), totalRow(found));
  const latex = pathsLatex(picture, root && symbolTex(root), place, found);
  const key = found.differs ? "differs" : "rule";
  const foot = element(
    "p",
    { class: "inspector-note" },
    t(`page.paths.${key}`),
    " ",
    copyLatexButton(context, latex),
  );
  return section("why", title, t("page.paths.count", { count: found.count }), list, foot);
}

/**
 * @param {Picture} picture
 * @param {Place} place
 * @param {Path} path
 * @param {number} i
 */
function pathRow(picture, place, { edges, end, seed, product }, i) {
  const way = element(
    "span",
    { class: "path-way" },
    elementMark(picture, end),
    scoreNumber(seed, edges.length ? "out" : "in"),
  );
  const lights = edges.map(({ op, place: relation, edge }) => edgeLink(op, relation, edge));
  for (let k = edges.length - 1; k >= 0; k -= 1) {
    const edge = edges[k];
    const from = k === 0 ? place : edges[k - 1];
    const weight = weightNumber(edge.weight);
    weight.dataset.link = lights[k];
    const use = edge.uses > 1 ? edge.use : null;
    way.append(element("span", { class: "path-hop" }, "×", weight), elementMark(picture, from, use));
  }
  const result = element("span", { class: "path-product" }, "=", plainNumber(product));
  const names = { tabindex: 0, "data-path": i, "data-lights": lights.join(" ") || null };
  return element("li", { class: "path", ...names }, way, result);
}

/** An element on the way. @param {Picture} picture @param {Place} place @param {number | null} [use]  which use of it */
function elementMark(picture, { tensor, element: index }, use = null) {
  const name = tex(
    `${elementTexOf(picture, tensor, index)}${use === null ? "" : `^{(${use})}`}`,
    "path-element",
  );
  name.dataset.link = elementLink(tensor, index);
  return name;
}

/** @param {Context} context @param {Expansion} found */
function restRow({ t }, { paths, count, rest }) {
  if (rest === null) return [];
  const text = element("span", { class: "path-way" }, t("page.paths.rest", { count: count - paths.length }));
  return [
    element(
      "li",
      { class: "path path-rest" },
      text,
      element("span", { class: "path-product" }, "=", plainNumber(rest)),
    ),
  ];
}

/** @param {Expansion} found */
function totalRow({ total, sign, differs }) {
  const score = scoreNumber(total, "in", "sum-total");
  return element(
    "li",
    { class: "path path-total" },
    element("span", { class: "path-sum" }, `${differs ? "≠" : sign} `, score),
  );
}
