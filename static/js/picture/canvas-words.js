/** What the canvas says about itself: how much of the whole it shows, and which moment. */

import { beatName } from "../trace/announce.js";

/**
 * @typedef {import("../store.js").State} State
 * @typedef {import("../i18n.js").Translate} Translate
 * @typedef {import("../layout/scene.js").Picture} Picture
 */

/**
 * What of the whole is in the picture; nothing where all of it is.
 * @param {Translate} t
 * @param {Picture} picture
 * @param {{shown: number, total: number}} edges
 */
export function countText(t, { graph }, { shown, total }) {
  const parts = [];
  if (graph.ops.length < graph.total) {
    parts.push(t("page.diagram.stretch", { shown: graph.ops.length, total: graph.total }));
  }
  if (shown < total) parts.push(t("page.diagram.count", { shown, total }));
  return parts.join(" · ");
}

/** @param {Translate} t @param {State} state */
export function badgeText(t, state) {
  const { steps, step } = state;
  const current = steps[step];
  if (!current) return "";
  const group = steps.filter((other) => other.call === current.call);
  const values = { index: group.indexOf(current) + 1, count: group.length, call: (current.call ?? 0) + 1 };
  const place = t(
    current.call === null ? "page.diagram.badge.forward" : "page.diagram.badge.backward",
    values,
  );
  const name = beatName(state, t);
  return name ? t("page.diagram.badge.beat", { place, beat: name }) : place;
}

/** Why there is no picture. @param {Pick<State, "trace">} state */
export function emptyReason({ trace }) {
  if (!trace) return "page.diagram.empty";
  return trace.error ? "page.diagram.failed" : "page.diagram.nothing";
}
