/** A folded tensor: its grid as tiles, shaded by score once it is there, by value before. A negative tile has a dash. */

import { svgElement } from "../../element.js";
import { elementLink, tensorLink } from "../../picture/links.js";
import { svgText } from "./svg-text.js";

/**
 * @typedef {import("../context.js").Context} Context
 * @typedef {import("../../layout/tensors.js").CardMark} CardMark
 */

const GAP = 1;

/**
 * @param {Context} context
 * @param {CardMark} card
 * @param {string} name  what a screen reader says
 * @returns {SVGElement}
 */
export function cardMark({ t }, card, name) {
  const group = svgElement("g", {
    class: `card card-${card.role}${card.focus ? ` card-focus-${card.focus}` : ""}`,
    transform: `translate(${card.x} ${card.y})`,
    role: "button",
    tabindex: -1,
    "aria-label": name,
    "data-tensor": card.tensor,
    "data-element": card.selected ?? 0,
    "data-link": tensorLink(card.tensor),
  });
  const frame = { width: card.width, height: card.height };
  const round = card.role === "input" ? 12 : 4;
  if (card.now) group.append(svgElement("rect", { ...grown(frame, 6), class: "node-halo", rx: round + 6 }));
  group.append(svgElement("rect", { ...grown(frame, 5), class: "node-ring", rx: round + 5 }));
  group.append(svgElement("rect", { ...frame, class: "card-body", rx: round }));
  if (card.blocks || !card.tiles.length) {
    const count = t("page.diagram.elements", { count: card.count });
    group.append(
      svgText(count, {
        class: "card-count",
        x: card.width / 2,
        y: card.tiles.length ? card.height + 18 : card.height / 2 + 4,
      }),
    );
  }
  card.tiles.forEach((tile, i) => {
    group.append(...(card.numbers ? numberMarks(card, tile, i) : tileMarks(card, tile, i)));
  });
  const chosen = card.selected === null ? undefined : card.tiles[card.selected];
  if (chosen) group.append(svgElement("rect", { class: "tile-ring", ...square(chosen, card, 2), rx: 5 }));
  return group;
}

/** @param {{width: number, height: number}} frame @param {number} by */
function grown({ width, height }, by) {
  return { x: -by, y: -by, width: width + 2 * by, height: height + 2 * by };
}

/** @param {{x: number, y: number}} tile @param {CardMark} card @param {number} grow */
function square(tile, card, grow) {
  const gap = card.numbers ? 0 : GAP;
  const [width, height] = [card.cellWidth - gap + 2 * grow, card.cell - gap + 2 * grow];
  return { x: tile.x - grow, y: tile.y - grow, width, height };
}

/** @param {CardMark} card @param {import("../../layout/tensors.js").Tile} tile @param {number} i */
function numberMarks(card, tile, i) {
  const frame = { ...square(tile, card, 0), rx: 5, "data-tile": i, "data-link": elementLink(card.tensor, i) };
  const middle = { x: tile.x + card.cellWidth / 2, y: tile.y + card.cell / 2 + 4.5 };
  return [
    svgElement("rect", { class: `card-cell sign-${tile.sign}`, ...frame }),
    svgText(card.numbers?.[i] ?? "", { class: `card-number sign-${tile.sign}`, ...middle }),
  ];
}

/** @param {CardMark} card @param {import("../../layout/tensors.js").Tile} tile @param {number} i */
function tileMarks(card, tile, i) {
  const shade = svgElement("rect", {
    class: `tile tile-${tile.sign}`,
    ...square(tile, card, 0),
    rx: 2,
    "fill-opacity": (0.1 + 0.85 * tile.level ** 0.6).toFixed(3),
    ...(card.blocks
      ? { "data-block": i, "data-of": card.tensor }
      : { "data-tile": i, "data-link": elementLink(card.tensor, i) }),
  });
  if (tile.sign !== "neg" || card.cell < 8) return [shade];
  const middle = tile.y + (card.cell - GAP) / 2;
  const from = tile.x + card.cell * 0.27;
  const dash = svgElement("path", { class: "tile-dash", d: `M${from} ${middle}h${card.cell * 0.4}` });
  return [shade, dash];
}
