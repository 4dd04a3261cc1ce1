/**
 * What moves between two beats. The new beat is already drawn in full; motion only leads the eye from the old picture to
 * it, so that breaking it off at any time leaves the page as it should be.
 */

import { svgElement } from "../../element.js";
import { blueEnd, greenEnd, travel } from "../../layout/travel.js";
import { book, leaveCall } from "./motion-calls.js";
import { arrowMark, pillMark } from "./pill.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/edges.js").Edge} Edge
 * @typedef {import("../../layout/curves.js").Point} Point
 * @typedef {ReturnType<typeof import("../../layout/scene.js").sceneOf>} Scene
 * @typedef {{edge: Edge, x: number, y: number}} Traveller  a pill or an arrowhead
 * @typedef {"beat" | "book" | "call"} Passage  from one beat to the next; into the drawers; out of a backward call
 *
 * @typedef {object} Motion
 * @property {(passage: Passage, before: Scene, after: Scene, pace: {ms: number, reduced: boolean}) => void} play
 * @property {() => void} stop
 */

const TRAVEL = "cubic-bezier(0.65, 0, 0.35, 1)";
const LAND = "cubic-bezier(0.2, 0.7, 0.3, 1)";
const FADE = { reduced: 80, call: 200 };

/**
 * @param {SVGGElement} world  where the diagram is drawn
 * @param {Context} context
 * @returns {Motion}
 */
export function createMotion(world, context) {
  const stage = svgElement("g", { class: "layer-motion", "aria-hidden": "true" });
  /** @type {Animation[]} */
  let running = [];
  const stop = () => {
    for (const animation of running) animation.cancel();
    running = [];
    stage.replaceChildren();
  };
  /** @param {Element} node @param {Keyframe[]} frames @param {KeyframeAnimationOptions} options */
  const animate = (node, frames, options) => {
    running.push(node.animate(frames, { fill: "backwards", ...options }));
  };
  /** @type {Actor} */
  const actor = {
    animate,
    ghost(node) {
      stage.append(node);
      return node;
    },
    find: (layer, edge) => world.querySelector(`.layer-${layer} > [data-edge="${edge.key}"]`),
    world,
    context,
  };
  return {
    stop,
    play(passage, before, after, { ms, reduced }) {
      stop();
      world.append(stage);
      if (passage === "call") leaveCall(actor, before, after, reduced ? FADE.reduced : FADE.call);
      else if (passage === "book") book(actor, after, ms, reduced);
      else if (reduced) crossFade(actor, after);
      else move(actor, before, after, ms);
      const last = Promise.allSettled(running.map(({ finished }) => finished));
      const own = running;
      last.then(() => running === own && stop());
    },
  };
}

/**
 * @typedef {object} Actor
 * @property {(node: Element, frames: Keyframe[], options: KeyframeAnimationOptions) => void} animate
 * @property {(node: SVGElement) => SVGElement} ghost  puts a mark on the stage that lives as long as the motion
 * @property {(layer: string, edge: Edge) => Element | null} find
 * @property {SVGGElement} world
 * @property {Context} context
 */

/** @param {Actor} actor @param {Scene} before @param {Scene} after @param {number} ms */
function move(actor, before, after, ms) {
  for (const layer of /** @type {const} */ (["pills", "arrows"])) {
    const mark = layer === "pills" ? pillMark : arrowMark;
    /** @type {Map<string, Traveller>} */
    const old = new Map(before[layer].map((item) => [item.edge.key, item]));
    for (const item of after[layer]) {
      const from = old.get(item.edge.key);
      const node = actor.find(layer, item.edge);
      old.delete(item.edge.key);
      if (!node || (from && from.x === item.x && from.y === item.y)) continue;
      if (from)
        pass(actor, node, actor.ghost(mark(actor.context, /** @type {any} */ (from))), from, item, ms);
      else leave(actor, node, item, ms);
    }
    for (const item of old.values()) {
      const ghost = actor.ghost(mark(actor.context, /** @type {any} */ (item)));
      slide(
        actor,
        ghost,
        travel(item.edge, [item.x, item.y], blueEnd(item.edge)),
        [item.x, item.y],
        ms * 0.7,
        LAND,
      );
      actor.animate(ghost, [{ opacity: 1, offset: 0.7 }, { opacity: 0 }], {
        duration: ms * 0.7,
        fill: "both",
      });
    }
  }
  makeWay(actor, before, after, ms);
  land(actor, before, after, ms);
}

/**
 * A mark goes along points that are given in the diagram, its own place being `home`.
 * @param {Actor} actor
 * @param {Element} node
 * @param {Point[]} points
 * @param {Point} home
 * @param {number} duration  ms
 * @param {string} easing
 */
function slide(actor, node, points, home, duration, easing) {
  const frames = points.map(([x, y]) => ({ transform: `translate(${x - home[0]}px, ${y - home[1]}px)` }));
  actor.animate(node, frames, { duration, easing, fill: "both" });
}

/** Out of the green node onto the edge. @param {Actor} actor @param {Element} node @param {Traveller} item @param {number} ms */
function leave(actor, node, item, ms) {
  slide(actor, node, travel(item.edge, greenEnd(item.edge), [item.x, item.y]), [item.x, item.y], ms, TRAVEL);
  actor.animate(node, [{ opacity: 0 }, { opacity: 1, offset: 0.4 }, { opacity: 1 }], { duration: ms });
}

/**
 * Through the gate in the middle: until there the score, from there the product.
 * @param {Actor} actor
 * @param {Element} node   the product
 * @param {Element} ghost  the score
 * @param {Traveller} from
 * @param {Traveller} to
 * @param {number} ms
 */
function pass(actor, node, ghost, from, to, ms) {
  const points = travel(to.edge, [from.x, from.y], [to.x, to.y]);
  slide(actor, node, points, [to.x, to.y], ms, TRAVEL);
  slide(actor, ghost, points, [from.x, from.y], ms, TRAVEL);
  const gate = 0.5;
  const shown = [{ opacity: 1 }, { opacity: 1, offset: gate }, { opacity: 0, offset: gate }, { opacity: 0 }];
  const hidden = [{ opacity: 0 }, { opacity: 0, offset: gate }, { opacity: 1, offset: gate }, { opacity: 1 }];
  actor.animate(ghost, shown, { duration: ms, easing: TRAVEL, fill: "both" });
  actor.animate(node, hidden, { duration: ms, easing: TRAVEL });
}

/** Weights that stand elsewhere now slide there. @param {Actor} actor @param {Scene} before @param {Scene} after @param {number} ms */
function makeWay(actor, before, after, ms) {
  const old = new Map(before.chips.map(({ chip }) => [chip.edge.key, chip]));
  for (const { chip } of after.chips) {
    const from = old.get(chip.edge.key);
    if (!from || (from.x === chip.x && from.y === chip.y)) continue;
    const node = actor.find("chips", chip.edge);
    if (node)
      slide(
        actor,
        node,
        [
          [from.x, from.y],
          [chip.x, chip.y],
        ],
        [chip.x, chip.y],
        ms,
        TRAVEL,
      );
  }
}

/** Scores appear where they land, and the bars of the sum grow one after the other. @param {Actor} actor @param {Scene} before @param {Scene} after @param {number} ms */
function land(actor, before, after, ms) {
  const waiting = new Set(before.nodes.filter(({ score }) => score === undefined).map(keyOf));
  const landed = after.nodes.filter((node) => node.score !== undefined && waiting.has(keyOf(node)));
  for (const { tensor, element } of landed) {
    const node = actor.world.querySelector(`.node[data-tensor="${tensor}"][data-element="${element}"]`);
    for (const part of node?.querySelectorAll(".node-lower, .node-score, .node-arrow, .node-halo") ?? []) {
      actor.animate(part, [{ opacity: 0 }, { opacity: 0, offset: 0.5 }, { opacity: 1 }], {
        duration: ms,
        easing: LAND,
      });
    }
  }
  const rows = actor.world.querySelectorAll(".sum-row, .sum-text, .sum-end");
  const each = (ms * 0.6) / Math.max(1, rows.length);
  rows.forEach((row, i) => {
    const grow = row.classList.contains("sum-row") ? { transform: "scaleX(0)" } : { opacity: 0 };
    const grown = row.classList.contains("sum-row") ? { transform: "scaleX(1)" } : { opacity: 1 };
    actor.animate(row, [grow, grown], { delay: ms * 0.4 + i * each, duration: each, easing: LAND });
  });
}

/** Less motion: what is new fades in where it stands. @param {Actor} actor @param {Scene} after */
function crossFade(actor, after) {
  const moving = [...after.pills.map(({ edge }) => actor.find("pills", edge))];
  const rows = actor.world.querySelectorAll(".sum-bar");
  for (const node of [...moving, ...rows]) {
    if (node) actor.animate(node, [{ opacity: 0 }, { opacity: 1 }], { duration: FADE.reduced });
  }
}

/** @param {{tensor: number, element: number}} node */
function keyOf({ tensor, element }) {
  return `${tensor}.${element}`;
}
