/** Walking through the diagram with the arrow keys: up and down a column, across edges while Alt is held. */

/**
 * @typedef {import("../../layout/scene.js").Picture} Picture
 * @typedef {{tensor: number, element: number}} Place
 */

/**
 * @param {Picture} picture
 * @param {Place} from
 * @param {{key: string, altKey: boolean}} pressed
 * @returns {Place | null} null when the key means nothing here
 */
export function moveInDiagram(picture, from, { key, altKey }) {
  if (key === "ArrowDown" && !altKey) return alongColumn(picture, from, 1);
  if (key === "ArrowUp" && !altKey) return alongColumn(picture, from, -1);
  if (key === "ArrowRight" && altKey) return acrossEdge(picture, from, "from", "to");
  if (key === "ArrowLeft" && altKey) return acrossEdge(picture, from, "to", "from");
  return null;
}

/** @param {Picture} picture @param {Place} from @param {number} by @returns {Place} */
function alongColumn({ layout }, from, by) {
  const column = layout.boxes.get(from.tensor)?.column;
  const places = [...layout.boxes.values()]
    .filter((box) => box.column === column && box.member.role !== "grey")
    .sort((a, b) => a.y - b.y)
    .flatMap((box) =>
      Array.from({ length: Math.max(1, box.size.count) }, (_, element) => ({
        tensor: box.member.tensor.id,
        element,
      })),
    );
  const at = places.findIndex((place) => place.tensor === from.tensor && place.element === from.element);
  return places[Math.min(places.length - 1, Math.max(0, at + by))] ?? from;
}

/**
 * The nearest element at the other end of an edge.
 * @param {Picture} picture
 * @param {Place} place
 * @param {"from" | "to"} here
 * @param {"from" | "to"} there
 * @returns {Place}
 */
function acrossEdge({ lines, layout }, place, here, there) {
  const ends = lines.edges
    .filter(
      (edge) => edge.carries && edge[here].tensor === place.tensor && edge[here].element === place.element,
    )
    .map((edge) => edge[there]);
  /** @param {Place} end */
  const height = (end) => {
    const box = layout.boxes.get(end.tensor);
    return (box?.y ?? 0) + (box?.size.cells[end.element]?.y ?? 0);
  };
  const level = height(place);
  return ends.sort((a, b) => Math.abs(height(a) - level) - Math.abs(height(b) - level))[0] ?? place;
}
