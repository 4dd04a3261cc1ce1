/** A layout moved into another one. */

/** @typedef {import("./layout.js").Layout} Layout */

/**
 * @param {Layout} part      in its own coordinates
 * @param {{x: number, y: number}} by   px
 * @param {number} columns   added to every column of the part, so that no column of the whole has two owners
 * @param {Layout} whole     takes in what the part has
 */
export function move(part, by, columns, whole) {
  for (const [id, box] of part.boxes) {
    whole.boxes.set(id, {
      ...box,
      x: box.x + by.x,
      y: box.y + by.y,
      headerY: box.headerY + by.y,
      column: box.column + columns,
    });
  }
  for (const [id, column] of part.columns) whole.columns.set(id, column + columns);
  for (const [key, lane] of part.lanes) {
    const [tensor, op, column] = key.split(" ").map(Number);
    const moved = { ...lane, x0: lane.x0 + by.x, x1: lane.x1 + by.x, y: lane.y + by.y };
    whole.lanes.set(`${tensor} ${op} ${column + columns}`, moved);
  }
  for (const [op, band] of part.bands) {
    whole.bands.set(op, {
      ...band,
      x0: band.x0 + by.x,
      x1: band.x1 + by.x,
      chipX: band.chipX + by.x,
      chipY: band.chipY + by.y,
    });
  }
}
