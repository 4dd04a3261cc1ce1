/** The inspector's part about `.grad`. */

import { atOnce, leftOver } from "../../why/booking-notes.js";
import { element } from "../../element.js";
import { circled } from "../../format.js";
import { callLink } from "../../picture/links.js";
import { nameOf } from "../../trace/tensor-name.js";
import { ledgerMark } from "./ledger.js";
import { section } from "./section.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {import("../../trace/walk.js").Known} Known
 */

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Known} known
 * @param {{leaves: number[], shown: number | undefined, selection: {tensor: number, element: number} | null}} choice
 * @param {import("../../trace/bookings.js").Drawer | null} drawer
 */
export function drawerSection(context, picture, known, { leaves, shown, selection }, drawer) {
  const { t } = context;
  const member = picture.graph.members.find(({ tensor }) => tensor.id === shown);
  const symbol = shown === undefined ? undefined : picture.symbols.get(shown);
  if (!drawer || !member || !symbol || shown === undefined) {
    return section(
      "drawer",
      [element("code", {}, ".grad")],
      "",
      element("p", { class: "inspector-note" }, t("page.inspector.noDrawer")),
    );
  }
  const chosen = selection?.tensor === shown ? selection.element : null;
  const pending = !isBooked(picture, known, shown);
  const data = { drawer, symbol, shape: member.tensor.shape, pending, element: chosen };
  const title = [element("code", {}, `${nameOf(picture, shown)}.grad`)];
  const choices = leaves.length > 1 ? leafButtons(picture, leaves, shown) : null;
  const calls = [...drawer.earlier, drawer.current].map(({ call }) => callMark(picture, context, call));
  const key = picture.trace.tensors.find(({ id }) => id === shown)?.is_leaf ? "accumulates" : "retained";
  return section(
    "drawer",
    title,
    t(`page.inspector.${key}`),
    choices,
    ledgerMark(context, data),
    calls.length > 1 ? element("p", { class: "ledger-calls" }, ...calls) : null,
    ...notes(context, picture, data),
  );
}

/** A leaf is booked when its call is through, an intermediate as soon as its score is there. @param {Picture} picture @param {Known} known @param {number} tensor */
function isBooked({ trace, graph }, known, tensor) {
  if (known.call !== graph.call) return false;
  const leaf = trace.tensors.find(({ id }) => id === tensor)?.is_leaf ?? true;
  return leaf ? known.booked : known.scores.has(tensor);
}

/** The number of a call, which lights it on the timeline. @param {Picture} picture @param {Context} context @param {number} call */
function callMark({ trace }, { t }, call) {
  const roots = trace.backward[call].roots.map(({ tensor }) => {
    const root = trace.tensors.find(({ id }) => id === tensor);
    return root?.name ?? root?.label ?? "";
  });
  const name = t("page.timeline.backwardGroup", { number: call + 1 });
  return element(
    "span",
    { class: "ledger-call", "data-link": callLink(call), title: name },
    circled(call + 1),
    " ",
    element("code", {}, `${roots.join(", ")}.${trace.backward[call].call}(…)`),
  );
}

/** @param {Context} context @param {Picture} picture @param {import("./ledger.js").LedgerData} data */
function notes({ t }, { trace }, { drawer, pending, shape }) {
  const left = leftOver(drawer, shape);
  const sum = atOnce(trace, drawer);
  /** @param {string} text */
  const note = (text) => element("p", { class: "inspector-note" }, text);
  if (!left) return [note(t(`page.inspector.${pending ? "pending" : "booked"}`))];
  const why = sum ? [note(t("page.inspector.atOnce", { count: drawer.earlier.length + 1, sum }))] : [];
  return [note(t("page.inspector.leftOver", { value: left })), ...why];
}

/** @param {Picture} picture @param {number[]} leaves @param {number} shown */
function leafButtons(picture, leaves, shown) {
  const buttons = leaves.map((id) =>
    element(
      "button",
      { type: "button", "data-leaf": id, "aria-pressed": String(id === shown) },
      `${nameOf(picture, id)}.grad`,
    ),
  );
  return element("div", { class: "ledger-leaves" }, ...buttons);
}
