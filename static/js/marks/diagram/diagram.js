/** All marks of one scene, in layers. A mark is drawn again only when what it shows has changed, so a step costs little. */

import { describeElement, flatPlace } from "../../why/describe.js";
import { svgElement } from "../../element.js";
import { cardMark } from "./card.js";
import { chipMark } from "./chip.js";
import { cutMark } from "./cut.js";
import { drawerMark } from "./drawer.js";
import { edgeMark } from "./edge.js";
import { foldMark, nameMark } from "./fold.js";
import { faultRing } from "./fault-ring.js";
import { frameMark } from "./frame.js";
import { headerMark } from "./header.js";
import { hookMark } from "./hook.js";
import { nodeMark } from "./node.js";
import { opChip } from "./op-chip.js";
import { arrowMark, pillMark } from "./pill.js";
import { regionMark } from "./region.js";
import { retainedMark } from "./retained.js";
import { ribbonMark } from "./ribbon.js";
import { lensMark, restMark, runBoxMark, runTileMark } from "../runs/run-box.js";
import { runGridMark } from "../runs/run-grid.js";
import { seedMark } from "./seed.js";
import { sumBarMark } from "./sum-bar.js";
import { tintMark } from "./tint.js";
import { wireMark } from "./wire.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {ReturnType<typeof import("../../layout/scene.js").sceneOf>} Scene
 * @typedef {ReturnType<typeof elementNames>} Names
 */

/**
 * @template T
 * @typedef {object} Layer  One kind of mark; layers lie on each other in the order of LAYERS.
 * @property {string} name
 * @property {(scene: Scene, names: Names) => T[]} items
 * @property {(item: T, place: number) => string} key  the same key in the next scene is the same mark
 * @property {(context: Context, item: T) => SVGElement} mark
 */

/**
 * @template T
 * @param {Layer<T>} layer
 * @returns {Layer<any>}
 */
function layer(layer) {
  return layer;
}

/** @param {{edge: {key: string}}} item */
const byEdge = ({ edge }) => edge.key;

const LAYERS = [
  layer({
    name: "frames",
    items: ({ frames }) => frames,
    key: ({ module }) => String(module),
    mark: frameMark,
  }),
  layer({ name: "regions", items: ({ regions }) => regions, key: ({ key }) => key, mark: regionMark }),
  layer({ name: "tints", items: ({ tint }) => (tint ? [tint] : []), key: byPlace, mark: tintMark }),
  layer({ name: "lenses", items: ({ run }) => run?.lenses ?? [], key: byPlace, mark: lensMark }),
  layer({ name: "run-box", items: ({ run }) => (run ? [run.box] : []), key: byPlace, mark: runBoxMark }),
  layer({ name: "run-grids", items: ({ run }) => run?.grids ?? [], key: byPlace, mark: runGridMark }),
  layer({ name: "wires", items: ({ wires }) => wires, key: ({ wire }) => wire.key, mark: wireMark }),
  layer({ name: "names", items: ({ names }) => names, key: ({ key }) => key, mark: nameMark }),
  layer({
    name: "ribbons",
    items: ({ ribbons }) => ribbons,
    key: ({ ribbon }) => ribbon.key,
    mark: ribbonMark,
  }),
  layer({
    name: "edges",
    items: ({ edges }) => inOrder(edges).filter((edge) => !isOnTop(edge)),
    key: byEdge,
    mark: edgeMark,
  }),
  layer({ name: "cuts", items: ({ cuts }) => cuts, key: byPlace, mark: cutMark }),
  layer({ name: "headers", items: ({ headers }) => headers, key: byPlace, mark: headerMark }),
  layer({ name: "drawers", items: ({ drawers }) => drawers, key: byPlace, mark: drawerMark }),
  layer({
    name: "retained",
    items: ({ retained }) => retained,
    key: ({ tensor }) => String(tensor),
    mark: retainedMark,
  }),
  layer({ name: "seeds", items: ({ seeds }) => seeds, key: byPlace, mark: seedMark }),
  layer({
    name: "cards",
    items: ({ cards }, names) =>
      cards.map((card) => ({ card, name: names(card.tensor, card.selected ?? 0, null, undefined) })),
    key: ({ card }) => String(card.tensor),
    mark: (context, { card, name }) => cardMark(context, card, name),
  }),
  layer({
    name: "run-rest",
    items: ({ run }) => (run?.rest ? [run.rest] : []),
    key: byPlace,
    mark: restMark,
  }),
  layer({
    name: "run-tiles",
    items: ({ run }) => run?.tiles ?? [],
    key: ({ tensor, element }) => `${tensor} ${element}`,
    mark: runTileMark,
  }),
  layer({ name: "chosen", items: ({ edges }) => edges.filter(isOnTop), key: byEdge, mark: edgeMark }),
  layer({ name: "ops", items: ({ ops }) => ops, key: ({ op }) => String(op), mark: opChip }),
  layer({ name: "folds", items: ({ folds }) => folds, key: ({ key }) => key, mark: foldMark }),
  layer({
    name: "nodes",
    items: ({ nodes }, names) =>
      nodes.map((node) => ({
        node,
        name: names(node.tensor, node.element, node.value, node.score, node.waiting),
        flat: names.flat(node.tensor, node.element),
      })),
    key: ({ node }) => `${node.tensor} ${node.element}`,
    mark: (context, { node, name, flat }) => nodeMark(context, node, name, flat),
  }),
  layer({ name: "hooks", items: ({ hooks }) => hooks, key: ({ tensor }) => String(tensor), mark: hookMark }),
  layer({ name: "sums", items: ({ sums }) => sums, key: byPlace, mark: sumBarMark }),
  layer({ name: "arrows", items: ({ arrows }) => arrows, key: byEdge, mark: arrowMark }),
  layer({ name: "faults", items: ({ faults }) => faults, key: ({ key }) => key, mark: faultRing }),
  layer({ name: "pills", items: ({ pills }) => pills, key: byEdge, mark: pillMark }),
  layer({ name: "chips", items: ({ chips }) => chips, key: ({ chip }) => chip.edge.key, mark: chipMark }),
];

/**
 * @param {SVGGElement} world  where the layers go
 * @returns {{draw: (context: Context, picture: Picture, scene: Scene) => void}}
 */
export function createDiagram(world) {
  const layers = LAYERS.map((kind) => ({ kind, group: svgElement("g", { class: `layer-${kind.name}` }) }));
  /** @type {Map<SVGElement, Map<string, {told: string, node: SVGElement}>>} */
  const drawn = new Map(layers.map(({ group }) => [group, new Map()]));
  return {
    draw(context, picture, scene) {
      const names = elementNames(context, picture);
      for (const { kind, group } of layers) {
        const known = drawn.get(group) ?? new Map();
        drawn.set(group, redraw(context, kind, group, kind.items(scene, names), known));
      }
      if (world.firstChild !== layers[0].group) world.replaceChildren(...layers.map(({ group }) => group));
    },
  };
}

/**
 * @param {Context} context
 * @param {Layer<any>} kind
 * @param {SVGElement} group
 * @param {unknown[]} items
 * @param {Map<string, {told: string, node: SVGElement}>} known
 */
function redraw(context, kind, group, items, known) {
  /** @type {typeof known} */
  const next = new Map();
  items.forEach((item, place) => {
    const key = kind.key(item, place);
    const told = `${context.lang} ${JSON.stringify(item)}`;
    const before = known.get(key);
    next.set(key, before?.told === told ? before : { told, node: kind.mark(context, item) });
  });
  arrange(
    group,
    [...next.values()].map(({ node }) => node),
  );
  return next;
}

/** Touches only what is out of place. @param {SVGElement} group @param {SVGElement[]} nodes */
function arrange(group, nodes) {
  nodes.forEach((node, i) => {
    const there = group.children[i];
    if (there === node) return;
    if (there && !nodes.includes(/** @type {SVGElement} */ (there))) there.replaceWith(node);
    else group.insertBefore(node, there ?? null);
  });
  while (group.children.length > nodes.length) group.lastElementChild?.remove();
}

/** @param {unknown} _item @param {number} place */
function byPlace(_item, place) {
  return String(place);
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
   * @param {import("../../trace/trace-types.js").Scalar | undefined} score
   * @param {{got: number, of: number} | null} [waiting]
   */
  const words = (id, element, value, score, waiting = null) => {
    const member = members.get(id);
    if (!member) return "";
    const edges = counts.get(`${id} ${element}`) ?? 0;
    return describeElement(t, member.tensor, element, {
      value,
      score,
      waiting,
      edges,
      grey: member.role === "grey",
    });
  };
  /** @param {number} id @param {number} element */
  const flat = (id, element) => flatPlace(t, members.get(id)?.tensor.shape ?? [], element);
  return Object.assign(words, { flat });
}
