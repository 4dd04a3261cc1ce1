/** What may be written at a place: names of torch from the catalogue, methods after a dot, and names that the cells define. */

/**
 * @typedef {import("../gallery.js").Entry & {signatures: string[]}} Entry
 *
 * @typedef {object} Completion
 * @property {string} label
 * @property {"function" | "method" | "property" | "variable" | "keyword"} type
 * @property {Entry | null} entry  for what the catalogue explains
 *
 * @typedef {{from: number, options: Completion[]}} Proposal  from: offset in the line's text
 */

/** What a tensor has besides the methods of the catalogue. */
const PROPERTIES = [
  "T",
  "data",
  "dtype",
  "grad",
  "grad_fn",
  "is_leaf",
  "mT",
  "ndim",
  "requires_grad",
  "shape",
];
/** Of torch besides its functions. */
const MEMBERS = ["autograd", "enable_grad", "float32", "float64", "int64", "nn", "no_grad"];
const WORDS = [
  "def", "else", "for", "if", "import", "in", "lambda", "len", "print", "range", "return", "while", "with",
]; // biome-ignore format: a list
/** Short names that people give to parts of torch. */
/** @type {Record<string, string>} */
const SHORT = { torch: "torch", F: "torch.nn.functional", nn: "torch.nn", functional: "torch.nn.functional" };

/**
 * @param {string} before   the line up to the cursor, free of strings and comments
 * @param {Entry[]} entries
 * @param {string[]} sources  all cells
 * @returns {Proposal | null}
 */
export function completionsAt(before, entries, sources) {
  const word = /\w*$/.exec(before)?.[0] ?? "";
  const from = before.length - word.length;
  const dotted = /([\w.]*[\w\])])\.\w*$/.exec(before);
  if (dotted) return { from, options: membersOf(dotted[1], entries, sources) };
  if (!word || /^\d/.test(word)) return null;
  const names = definedNames(sources).filter((name) => name !== word);
  const plain = [...new Set(["torch", ...names])].map((label) => option(label, "variable"));
  return { from, options: [...plain, ...WORDS.map((label) => option(label, "keyword"))] };
}

/**
 * @param {string} owner  what stands before the dot
 * @param {Entry[]} entries
 * @param {string[]} sources
 * @returns {Completion[]}
 */
function membersOf(owner, entries, sources) {
  const module = moduleOf(owner, sources);
  const prefix = `${module ?? "Tensor"}.`;
  const found = entries.flatMap((entry) =>
    entry.spellings
      .filter((spelling) => spelling.startsWith(prefix))
      .map((spelling) => spelling.slice(prefix.length))
      .filter((label) => /^[a-zA-Z]\w*$/.test(label))
      .map((label) => option(label, module ? "function" : "method", entry)),
  );
  const rest = module === null ? PROPERTIES : module === "torch" ? MEMBERS : [];
  return [...found, ...rest.map((label) => option(label, "property"))].sort((a, b) =>
    a.label < b.label ? -1 : 1,
  );
}

/** @param {string} owner @param {string[]} sources @returns {string | null} null for what is taken to be a tensor */
function moduleOf(owner, sources) {
  if (!/^[a-zA-Z_][\w.]*$/.test(owner)) return null;
  const [first, ...rest] = owner.split(".");
  const alias = sources.join("\n").match(new RegExp(`^\\s*import ([\\w.]+) as ${first}$`, "m"));
  const module = alias?.[1] ?? SHORT[first];
  if (!module) return null;
  const whole = [module, ...rest].join(".");
  return /^torch(\.(nn|autograd|linalg|random|nn\.functional|nn\.parameter))?$/.test(whole) ? whole : null;
}

/**
 * Names that the cells set, define or import, in the order of the program.
 * @param {string[]} sources
 * @returns {string[]}
 */
export function definedNames(sources) {
  /** @type {Set<string>} */
  const names = new Set();
  const text = sources.join("\n");
  for (const [, targets] of text.matchAll(
    /^[ \t]*([a-zA-Z_]\w*(?:[ \t]*,[ \t]*[a-zA-Z_]\w*)*)[ \t]*=(?!=)/gm,
  ))
    for (const name of targets.split(",")) names.add(name.trim());
  for (const [, name] of text.matchAll(/\b(?:def|class|for|as)[ \t]+([a-zA-Z_]\w*)/g)) names.add(name);
  return [...names];
}

/** @param {string} label @param {Completion["type"]} type @param {Entry | null} [entry] @returns {Completion} */
function option(label, type, entry = null) {
  return { label, type, entry };
}
