/** When the canvas moves: only when the reader goes one beat on. Not on load, not while G is dragged, not on a selection. */

import { createMotion } from "../../marks/diagram/motion.js";
import { passageOf } from "../../trace/moves.js";

/**
 * @typedef {import("../../store.js").State} State
 * @typedef {ReturnType<typeof import("../../layout/scene.js").sceneOf>} Scene
 * @typedef {{state: State, layout: import("../../layout/layout.js").Layout, scene: Scene}} Shown
 */

/** One way along the edges, ms at speed 1. */
const WAY = 350;
/** Everything but these may differ between two moments that motion leads across. */
const SAME = /** @type {const} */ ([
  "trace",
  "steps",
  "each",
  "selection",
  "edge",
  "reading",
  "wrt",
  "level",
  "unfolded",
  "run",
  "place",
  "lang",
]);

/**
 * @param {SVGGElement} world
 * @param {import("../../marks/context.js").Context} context
 */
export function createMover(world, context) {
  const motion = createMotion(world, context);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {Shown | null} */
  let before = null;
  return {
    /** The canvas has just drawn this. @param {Shown | null} now */
    drawn(now) {
      const passage = now && before && leads(before.state, now.state) ? between(before, now) : null;
      if (passage && now && before) {
        const ms = now.state.playing ? WAY / now.state.speed : WAY;
        motion.play(passage, before.scene, now.scene, { ms, reduced: calm.matches });
      } else motion.stop();
      before = now;
    },
  };
}

/** @param {State} before @param {State} now */
function leads(before, now) {
  return SAME.every((key) => before[key] === now[key]);
}

/** Beats keep their layout; between two calls it may change, and what stays in its place fades. @param {Shown} before @param {Shown} now */
function between(before, now) {
  const passage = passageOf(now.state.steps, before.state, now.state);
  return passage === "call" || before.layout === now.layout ? passage : null;
}
