/** The inspector's part about `.grad`. */

import { element } from "../element.js";
import { nameOf } from "../tensor-name.js";
import { ledgerMark } from "./ledger.js";
import { section } from "./section.js";

/**
 * @typedef {import("./context.js").Context} Context
 * @typedef {import("../layout/scene.js").Picture} Picture
 * @typedef {import("../walk.js").Known} Known
 */

/**
 * @param {Context} context
 * @param {Picture} picture
 * @param {Known} known
 * @param {{leaves: number[], shown: number | undefined, selection: {tensor: number, element: number} | null}} choice
 * @param {import("../bookings.js").Drawer | null} drawer
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
  const pending = !(known.call === picture.graph.call && known.booked);
  const data = { drawer, symbol, shape: member.tensor.shape, pending, element: chosen };
  const title = [element("code", {}, `${nameOf(picture, shown)}.grad`)];
  const choices = leaves.length > 1 ? leafButtons(picture, leaves, shown) : null;
  const foot = element(
    "p",
    { class: "inspector-note" },
    t(pending ? "page.inspector.pending" : "page.inspector.booked"),
  );
  return section("drawer", title, t("page.inspector.accumulates"), choices, ledgerMark(context, data), foot);
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
