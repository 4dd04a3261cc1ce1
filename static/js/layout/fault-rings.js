/** Red rings around the tensors that an error is about. */

const AIR = { side: 9, top: 9 };

/**
 * @typedef {{key: string, x: number, y: number, width: number, height: number}} FaultRing
 *
 * @param {import("./layout.js").Layout} layout
 * @param {number[]} tensors  ids; those outside the picture have no ring
 * @returns {FaultRing[]}
 */
export function faultRings(layout, tensors) {
  return tensors.flatMap((id) => {
    const box = layout.boxes.get(id);
    if (!box) return [];
    const { width, height } = box.size;
    const size = { width: width + 2 * AIR.side, height: height + 2 * AIR.top };
    return [{ key: String(id), x: box.x - AIR.side, y: box.y - AIR.top, ...size }];
  });
}
