/** What a run puts on the lines of a cell: the error's place, the current line, and the forward values at line ends. */

import { Decoration, GutterMarker, RangeSet, WidgetType } from "vendor/cm.js";

/**
 * @typedef {import("@codemirror/state").Text} Text
 * @typedef {import("../../code/code-text.js").Place} Place
 * @typedef {import("../../code/code-marks.js").CodeMarks} Marks
 */

class ValueWidget extends WidgetType {
  /** @param {string} text @param {string} look */
  constructor(text, look) {
    super();
    this.text = text;
    this.look = look;
  }

  /** @override @param {ValueWidget} other */
  eq(other) {
    return other.text === this.text && other.look === this.look;
  }

  /** @override */
  toDOM() {
    const node = document.createElement("span");
    node.className = this.look;
    node.textContent = this.text;
    return node;
  }
}

/**
 * @param {Text} doc
 * @param {Marks} marks
 */
export function lineMarks(doc, { error, reason, related, now, origin, own, values, links }) {
  const ranges = [
    ...lines(doc, now, "line-now"),
    ...lines(doc, origin, "line-origin"),
    ...lines(doc, own, "line-own"),
    ...related.flatMap(({ place }) => lines(doc, place, "line-related")),
    ...lines(doc, error, "line-error"),
    ...columns(doc, error, "columns-error"),
    ...columns(doc, origin, "columns-origin"),
    ...links.flatMap((place) => linked(doc, place)),
    ...ends(doc, endTexts({ error, reason, related, values })),
  ];
  return Decoration.set(ranges, true);
}

/**
 * One text per line: why it failed, or what it has to do with a failure, before the value that it made.
 * @param {Pick<Marks, "error" | "reason" | "related" | "values">} marks
 * @returns {Map<number, {text: string, look: string}>}
 */
function endTexts({ error, reason, related, values }) {
  /** @type {Map<number, {text: string, look: string}>} */
  const texts = new Map();
  for (const [line, text] of values) texts.set(line, { text, look: "line-value" });
  for (const { place, text } of related) texts.set(place.end_line, { text, look: "line-reason" });
  if (error && reason) texts.set(error.end_line, { text: reason, look: "line-reason" });
  return texts;
}

/** The characters of an operation, which nest as the operations do. @param {Text} doc @param {Place & {link: string}} place */
function linked(doc, place) {
  const [from, to] = [offset(doc, place.line, place.column), offset(doc, place.end_line, place.end_column)];
  if (to <= from) return [];
  const attributes = { class: "code-link", "data-link": place.link };
  return [Decoration.mark({ attributes }).range(from, to)];
}

class LineNumberClass extends GutterMarker {
  /** @param {string} name */
  constructor(name) {
    super();
    this.elementClass = name;
  }
}

/**
 * The same lines beside the text, so that the bar starts at the edge of the cell.
 * @param {Text} doc
 * @param {Marks} marks
 * @returns {RangeSet<GutterMarker>}
 */
export function gutterMarks(doc, { error, related, now, origin, own }) {
  const ranges = [];
  /** @type {[Place | null, string][]} */
  const places = [
    [now, "line-now"],
    [origin, "line-origin"],
    [own, "line-own"],
    [error, "line-error"],
  ];
  for (const { place } of related) places.push([place, "line-related"]);
  for (const [place, name] of places) {
    for (let number = place?.line ?? 1; number <= Math.min(place?.end_line ?? 0, doc.lines); number += 1) {
      ranges.push(new LineNumberClass(name).range(doc.line(number).from));
    }
  }
  return RangeSet.of(ranges, true);
}

/** @param {Text} doc @param {Place | null} place @param {string} name */
function lines(doc, place, name) {
  if (!place) return [];
  const ranges = [];
  for (let number = place.line; number <= Math.min(place.end_line, doc.lines); number += 1) {
    ranges.push(Decoration.line({ class: name }).range(doc.line(number).from));
  }
  return ranges;
}

/** @param {Text} doc @param {Place | null} place @param {string} name */
function columns(doc, place, name) {
  if (!place) return [];
  let from = offset(doc, place.line, place.column);
  let to = offset(doc, place.end_line, place.end_column);
  // A place between two characters, where something is missing, shows on the one before it.
  if (to <= from) [from, to] = from > doc.lineAt(from).from ? [from - 1, from] : [from, from + 1];
  return to <= doc.length ? [Decoration.mark({ class: name }).range(from, to)] : [];
}

/** @param {Text} doc @param {number} number @param {number} column UTF-16, as CodeMirror counts */
function offset(doc, number, column) {
  if (number > doc.lines) return doc.length;
  const line = doc.line(Math.max(1, number));
  return Math.min(line.from + column, line.to);
}

/** @param {Text} doc @param {Map<number, {text: string, look: string}>} texts */
function ends(doc, texts) {
  const ranges = [];
  for (const [number, { text, look }] of texts) {
    if (number > doc.lines) continue;
    const line = doc.line(number);
    ranges.push(Decoration.line({ class: "line-valued" }).range(line.from));
    ranges.push(Decoration.widget({ widget: new ValueWidget(text, look), side: 1 }).range(line.to));
  }
  return ranges;
}
