/** What a run puts on the lines of a cell: the error's place, the current line, and the forward values at line ends. */

import { Decoration, GutterMarker, RangeSet, WidgetType } from "vendor/cm.js";

/**
 * @typedef {import("@codemirror/state").Text} Text
 * @typedef {{line: number, column: number, end_line: number, end_column: number}} Place
 *
 * @typedef {object} Marks
 * @property {Place | null} error
 * @property {Place | null} now      the statement that is being shown
 * @property {Place | null} origin   the forward line that the shown operation came from
 * @property {Map<number, string>} values
 */

class ValueWidget extends WidgetType {
  /** @param {string} text */
  constructor(text) {
    super();
    this.text = text;
  }

  /** @override @param {ValueWidget} other */
  eq(other) {
    return other.text === this.text;
  }

  /** @override */
  toDOM() {
    const node = document.createElement("span");
    node.className = "line-value";
    node.textContent = this.text;
    return node;
  }
}

/**
 * @param {Text} doc
 * @param {Marks} marks
 */
export function lineMarks(doc, { error, now, origin, values }) {
  const ranges = [
    ...lines(doc, now, "line-now"),
    ...lines(doc, origin, "line-origin"),
    ...lines(doc, error, "line-error"),
    ...columns(doc, error, "columns-error"),
    ...columns(doc, origin, "columns-origin"),
    ...ends(doc, values),
  ];
  return Decoration.set(ranges, true);
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
export function gutterMarks(doc, { error, now, origin }) {
  const ranges = [];
  for (const [place, name] of /** @type {const} */ ([
    [now, "line-now"],
    [origin, "line-origin"],
    [error, "line-error"],
  ])) {
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

/** @param {Text} doc @param {Map<number, string>} values */
function ends(doc, values) {
  const ranges = [];
  for (const [number, text] of values) {
    if (number > doc.lines) continue;
    const line = doc.line(number);
    ranges.push(Decoration.line({ class: "line-valued" }).range(line.from));
    ranges.push(Decoration.widget({ widget: new ValueWidget(text), side: 1 }).range(line.to));
  }
  return ranges;
}
