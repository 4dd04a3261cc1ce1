/** The line between code and canvas: drag it or move it by arrow keys. */

const NARROWEST = 280;
const WIDEST = 520;
const STEP = 20;

/**
 * @param {HTMLElement} divider  role="separator"
 * @param {HTMLElement} page     gets --code-width
 */
export function mountDivider(divider, page) {
  /** @param {number} wanted */
  const resize = (wanted) => {
    const width = Math.round(Math.min(WIDEST, Math.max(NARROWEST, wanted)));
    page.style.setProperty("--code-width", `${width}px`);
    divider.setAttribute("aria-valuenow", String(width));
  };
  const edge = () => divider.parentElement?.getBoundingClientRect().right ?? NARROWEST;
  divider.addEventListener("focus", () => divider.setAttribute("aria-valuenow", String(Math.round(edge()))));
  divider.setAttribute("aria-valuemin", String(NARROWEST));
  divider.setAttribute("aria-valuemax", String(WIDEST));
  divider.setAttribute("aria-valuenow", String(NARROWEST));
  divider.addEventListener("pointerdown", (event) => {
    divider.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  divider.addEventListener("pointermove", (event) => {
    if (divider.hasPointerCapture(event.pointerId)) resize(event.clientX);
  });
  divider.addEventListener("keydown", (event) => {
    const direction = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (direction === undefined) return;
    event.preventDefault();
    resize(edge() + direction);
  });
}
