/** All marks of one scene, in the order in which they lie on each other. */

import { describeElement } from "../describe.js";
import { svgElement } from "../element.js";
import { cardMark } from "./card.js";
import { chipMark } from "./chip.js";
import { drawerMark } from "./drawer.js";
import { edgeMark } from "./edge.js";
import { headerMark } from "./header.js";
import { nodeMark } from "./node.js";
import { opChip } from "./op-chip.js";
import { pillMark } from "./pill.js";
import { ribbonMark } from "./ribbon.js";
import { seedMark } from "./seed.js";
import { tintMark } from "./tint.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {ReturnType<typeof import("../layout/scene.js").sceneOf>} Scene
 */

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Scene} scene
 * @returns {SVGElement[]} layers, lowest first
 */
export function diagram(context, picture, scene) {
  const names = elementNames(context, picture);
  return [
    layer("tints", scene.tint ? [tintMark(context, scene.tint)] : []),
    layer(
      "ribbons",
      scene.ribbons.map((ribbon) => ribbonMark(context, ribbon)),
    ),
    layer(
      "edges",
      inOrder(scene.edges)
        .filter((edge) => !isOnTop(edge))
        .map((edge) => edgeMark(context, edge)),
    ),
    layer(
      "headers",
      scene.headers.map((header) => headerMark(context, header)),
    ),
    layer(
      "drawers",
      scene.drawers.map((drawer) => drawerMark(context, drawer)),
    ),
    layer(
      "seeds",
      scene.seeds.map((seed) => seedMark(context, seed)),
    ),
    layer(
      "cards",
      scene.cards.map((card) =>
        cardMark(context, card, names(card.tensor, card.selected ?? 0, null, undefined)),
      ),
    ),
    layer(
      "chosen",
      scene.edges.filter(isOnTop).map((edge) => edgeMark(context, edge)),
    ),
    layer(
      "ops",
      scene.ops.map((op) => opChip(context, op)),
    ),
    layer(
      "nodes",
      scene.nodes.map((node) =>
        nodeMark(context, node, names(node.tensor, node.element, node.value, node.score)),
      ),
    ),
    layer(
      "pills",
      scene.pills.map((pill) => pillMark(context, pill)),
    ),
    layer(
      "chips",
      scene.chips.map((chip) => chipMark(context, chip)),
    ),
  ];
}

/** @param {string} name @param {SVGElement[]} marks */
function layer(name, marks) {
  return svgElement("g", { class: `layer-${name}` }, ...marks);
}

/** The selected element's edges lie over folded cards, because they end inside them. @param {Scene["edges"][number]} edge */
function isOnTop({ emphasis }) {
  return emphasis === "chosen";
}

/** Chosen edges last, so that they lie on top. @param {Scene["edges"]} edges */
function inOrder(edges) {
  const rank = { pushed: 0, rest: 1, chosen: 2 };
  return [...edges].sort((a, b) => rank[a.emphasis] - rank[b.emphasis]);
}

/** @param {Context} context @param {Picture} picture */
function elementNames({ t }, { graph, lines }) {
  const members = new Map(graph.members.map((member) => [member.tensor.id, member]));
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { from, carries } of lines.edges) {
    const key = `${from.tensor} ${from.element}`;
    if (carries) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  /**
   * @param {number} id @param {number} element @param {string | null} value
   * @param {import("../trace-types.js").Scalar | undefined} score
   */
  return (id, element, value, score) => {
    const member = members.get(id);
    if (!member) return "";
    const edges = counts.get(`${id} ${element}`) ?? 0;
    return describeElement(t, member.tensor, element, { value, score, edges, grey: member.role === "grey" });
  };
}
