/** The gallery of operations as data: which entries it shows, in what order, and which of them a reader means. */

/**
 * @typedef {import("./layout/mini.js").RelationPicture} RelationPicture
 *
 * @typedef {object} Entry  One of GET /api/ops, as far as the page reads it.
 * @property {string} name
 * @property {string[]} spellings
 * @property {string | null} kind
 * @property {string | null} forward  LaTeX
 * @property {string | null} local    LaTeX
 * @property {string | null} example
 * @property {RelationPicture | null} picture
 *
 * @typedef {Entry & {example: string, kind: string, picture: RelationPicture, title: string}} Shown
 */

export const KINDS = ["one-to-one", "one-to-many", "many-to-one", "many-to-many"];

/**
 * The operations that can be drawn, by kind. One that writes in place (`sin_`) is found under the one that does not.
 * @param {Entry[]} entries
 * @returns {{kind: string, entries: Shown[]}[]}
 */
export function groupsOf(entries) {
  const names = new Set(entries.map(({ name }) => name));
  /** @param {string} name */
  const plain = (name) => (name.endsWith("_") && names.has(name.slice(0, -1)) ? name.slice(0, -1) : name);
  /** @type {Map<string, string[]>} */
  const spellings = new Map();
  for (const entry of entries) {
    spellings.set(plain(entry.name), [...(spellings.get(plain(entry.name)) ?? []), ...entry.spellings]);
  }
  const shown = entries
    .filter(isShown)
    .filter(({ name }) => plain(name) === name)
    .map((entry) => ({
      ...entry,
      title: titleOf(entry),
      spellings: spellings.get(entry.name) ?? entry.spellings,
    }))
    .sort((a, b) => (a.title < b.title ? -1 : 1));
  return KINDS.map((kind) => ({ kind, entries: shown.filter((entry) => entry.kind === kind) })).filter(
    (group) => group.entries.length,
  );
}

/**
 * What a program writes: the name, where it is written so; else its first spelling (special.i0e, Tensor.unfold).
 * @param {Entry} entry
 */
function titleOf({ name, spellings }) {
  const plain = spellings.length === 0 || spellings.some((spelling) => spelling.split(".").pop() === name);
  return plain ? name : (spellings[0] ?? name).replace(/^torch\.(nn\.functional\.)?/, "");
}

/** @param {Entry} entry @returns {entry is Omit<Shown, "title">} */
function isShown(entry) {
  return Boolean(entry.example && entry.kind && entry.picture);
}

/**
 * Whether every word of the query is found in the entry's names or in what the reader's language calls it.
 * @param {Pick<Entry, "name" | "spellings">} entry
 * @param {string[]} words  sentences about it
 * @param {string} query
 */
export function matches({ name, spellings }, words, query) {
  const text = [name, ...spellings, ...words].join("\n").toLowerCase();
  return query
    .toLowerCase()
    .split(/[\s,，、()（）]+/)
    .every((word) => text.includes(word));
}
