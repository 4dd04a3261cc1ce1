/** Work that waits until its element is about to be seen, and then never holds up a frame. */

/** It starts a little before an element is scrolled into view. */
const AHEAD = "600px 0px";
/** ms of a frame that may be spent: a card or two, painting not counted. */
const SLICE = 24;

/**
 * @param {HTMLElement} scroller  on a narrow screen the window scrolls instead
 * @param {Map<Element, () => void>} waiting
 * @returns {() => void} ends it
 */
export function whenNear(scroller, waiting) {
  /** @type {(() => void)[]} */
  const due = [];
  let frame = 0;
  const work = () => {
    const end = performance.now() + SLICE;
    do due.shift()?.();
    while (due.length && performance.now() < end);
    frame = due.length ? requestAnimationFrame(work) : 0;
  };
  const scrolls =
    getComputedStyle(scroller).overflowY === "auto" && scroller.clientHeight < scroller.scrollHeight;
  const observer = new IntersectionObserver(
    (seen) => {
      for (const { target } of seen.filter(({ isIntersecting }) => isIntersecting)) {
        due.push(waiting.get(target) ?? (() => {}));
        observer.unobserve(target);
      }
      if (due.length && !frame) frame = requestAnimationFrame(work);
    },
    { root: scrolls ? scroller : null, rootMargin: AHEAD },
  );
  for (const target of waiting.keys()) observer.observe(target);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  };
}
