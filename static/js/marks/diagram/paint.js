/** Strokes on a canvas under the diagram, in the colours of the page. */

/** @typedef {import("../../layout/painting.js").Stroke} Stroke */

/** @type {Record<Stroke["look"], {token: string, dash: number[]}>} */
const LOOKS = {
  pos: { token: "--pos", dash: [] },
  neg: { token: "--neg", dash: [7, 4] },
  zero: { token: "--ghost", dash: [1.6, 4] },
  grey: { token: "--line2", dash: [4, 4] },
  err: { token: "--err", dash: [] },
};

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Stroke[]} strokes
 * @param {{x: number, y: number, k: number}} at  of the diagram on the canvas
 * @param {{x: number, y: number, width: number, height: number} | null} tint  the field of the current operation
 */
export function paint(canvas, strokes, at, tint) {
  const ratio = devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth * ratio, canvas.clientHeight * ratio];
  if (canvas.width !== Math.round(width)) canvas.width = Math.round(width);
  if (canvas.height !== Math.round(height)) canvas.height = Math.round(height);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.setTransform(at.k * ratio, 0, 0, at.k * ratio, at.x * ratio, at.y * ratio);
  if (tint) field(context, canvas, tint);
  for (const { look, width: line, alpha, curves } of strokes) {
    context.strokeStyle = colour(canvas, LOOKS[look].token);
    context.globalAlpha = alpha;
    context.lineWidth = line;
    context.setLineDash(LOOKS[look].dash);
    context.beginPath();
    for (const [a, b, c, d] of curves) {
      context.moveTo(a[0], a[1]);
      context.bezierCurveTo(b[0], b[1], c[0], c[1], d[0], d[1]);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLCanvasElement} canvas
 * @param {{x: number, y: number, width: number, height: number}} tint
 */
function field(context, canvas, { x, y, width, height }) {
  context.fillStyle = colour(canvas, "--now-bg");
  context.beginPath();
  context.roundRect(x, y, width, height, 14);
  context.fill();
}

/** A token as the theme resolves it. @param {HTMLCanvasElement} canvas @param {string} token */
function colour(canvas, token) {
  canvas.style.color = `var(${token})`;
  return getComputedStyle(canvas).color;
}
