/**
 * Pointing at a thing, or giving it the focus, lights it wherever else it is shown (within `[data-links]`,
 * where there is one: small pictures number their operations on their own). Nothing is drawn again for it.
 * A mark that stands for several things, such as a path, names them in `data-lights` and lights them all.
 */

const LIT = "linked";

/**
 * @param {Document} page
 * @param {(link: string | null) => void} [tell]  for what is painted and has no elements of its own
 */
export function mountLinking(page, tell = () => {}) {
  /** @type {string | null} */
  let lit = null;
  /** @param {string | null} link  one name or several @param {ParentNode} scope */
  const light = (link, scope) => {
    if (link === lit) return;
    lit = link;
    for (const mark of page.querySelectorAll(`.${LIT}`)) mark.classList.remove(LIT);
    for (const name of link?.split(" ") ?? [])
      for (const mark of scope.querySelectorAll(`[data-link~="${CSS.escape(name)}"]`))
        mark.classList.add(LIT);
    tell(link);
  };
  /** @param {Event} event */
  const follow = ({ target }) => {
    const mark = target instanceof Element ? target.closest("[data-link], [data-lights]") : null;
    const own = mark?.getAttribute("data-link")?.split(" ")[0];
    light(mark?.getAttribute("data-lights") ?? own ?? null, mark?.closest("[data-links]") ?? page);
  };
  page.addEventListener("pointerover", follow);
  page.addEventListener("focusin", follow);
  page.documentElement.addEventListener("pointerleave", () => light(null, page));
}
