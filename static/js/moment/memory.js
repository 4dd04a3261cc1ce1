/** What the browser keeps for the reader: the theme, whether the legend is put away, and the code for as long as the tab lives. */

const DRAFT = "backpass-draft";
const THEME = "backpass-theme";
const LEGEND = "backpass-legend";

/** @typedef {{program: string | null, cells: string[]}} Draft */

/**
 * @param {Storage | null} storage  null where the browser forbids it
 * @param {Draft} draft
 */
export function keepDraft(storage, draft) {
  keep(storage, DRAFT, JSON.stringify(draft));
}

/**
 * @param {Storage | null} storage
 * @returns {Draft | null}
 */
export function keptDraft(storage) {
  try {
    const { program, cells } = JSON.parse(told(storage, DRAFT) ?? "null") ?? {};
    if (!Array.isArray(cells) || !cells.length || !cells.every((cell) => typeof cell === "string"))
      return null;
    return { program: typeof program === "string" ? program : null, cells };
  } catch {
    return null;
  }
}

/**
 * @param {Storage | null} storage
 * @param {string} theme
 */
export function keepTheme(storage, theme) {
  keep(storage, THEME, theme);
}

/**
 * @param {Storage | null} storage
 * @returns {import("../store.js").Theme}
 */
export function keptTheme(storage) {
  const theme = told(storage, THEME);
  return theme === "light" || theme === "dark" ? theme : "auto";
}

/** @param {Storage | null} storage */
export function putLegendAway(storage) {
  keep(storage, LEGEND, "away");
}

/** @param {Storage | null} storage */
export function isLegendAway(storage) {
  return told(storage, LEGEND) === "away";
}

/** A storage that is there may still refuse. @param {Storage | null} storage @param {string} key */
function told(storage, key) {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** @param {Storage | null} storage @param {string} key @param {string} text */
function keep(storage, key, text) {
  try {
    storage?.setItem(key, text);
  } catch {
    // A full or forbidden storage costs the reader the memory, not the page.
  }
}
