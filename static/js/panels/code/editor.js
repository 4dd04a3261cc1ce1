/** One code cell's editor: CodeMirror with our colours, and the marks that a run puts on its lines. */

import {
  bracketMatching,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  Compartment,
  Decoration,
  defaultKeymap,
  EditorState,
  EditorView,
  gutterLineClass,
  history,
  historyKeymap,
  indentOnInput,
  indentUnit,
  indentWithTab,
  isolateHistory,
  keymap,
  lineNumbers,
  placeholder,
  Prec,
  python,
  RangeSet,
  StateEffect,
  StateField,
  syntaxHighlighting,
  tagHighlighter,
  tags,
  undo,
} from "vendor/cm.js";
import { completion } from "./completion.js";
import { gutterMarks, lineMarks } from "./line-marks.js";

/**
 * @typedef {import("../../code/code-marks.js").CodeMarks} Marks
 *
 * @typedef {object} Editor
 * @property {HTMLElement} dom
 * @property {(marks: Marks) => void} mark
 * @property {(source: string) => void} write  the text as it was changed outside, in as few characters as possible
 * @property {(label: string, hint: string) => void} relabel
 * @property {(edits: {from: number, to: number, insert: string}[]) => void} edit  one step that the cell can undo
 * @property {() => void} undo  the last step
 * @property {() => void} focus
 * @property {() => void} destroy
 */

/** Classes, not colours: code.css gives them both themes' inks. */
const highlighter = tagHighlighter([
  { tag: [tags.keyword, tags.bool, tags.null, tags.operatorKeyword, tags.self], class: "tok-keyword" },
  { tag: [tags.string, tags.special(tags.string)], class: "tok-string" },
  { tag: tags.number, class: "tok-number" },
  { tag: tags.comment, class: "tok-comment" },
  { tag: tags.meta, class: "tok-meta" },
]);

/** @type {import("@codemirror/state").StateEffectType<Marks>} */
const setMarks = StateEffect.define();

const marksField = StateField.define({
  create: () => ({ lines: Decoration.none, gutter: RangeSet.empty }),
  update({ lines, gutter }, { state, effects, changes }) {
    for (const effect of effects) {
      if (effect.is(setMarks)) {
        return { lines: lineMarks(state.doc, effect.value), gutter: gutterMarks(state.doc, effect.value) };
      }
    }
    return { lines: lines.map(changes), gutter: gutter.map(changes) };
  },
  provide: (field) => [
    EditorView.decorations.from(field, ({ lines }) => lines),
    gutterLineClass.from(field, ({ gutter }) => gutter),
  ],
});

/** Wrapped lines hang under their own indentation; classes, because the page allows no inline styles. */
const hanging = EditorView.decorations.compute(["doc"], (state) => {
  const ranges = [];
  for (let number = 1; number <= state.doc.lines; number += 1) {
    const line = state.doc.line(number);
    const depth = Math.min(4, Math.floor((line.text.length - line.text.trimStart().length) / 4));
    ranges.push(Decoration.line({ class: `hang hang-${depth}` }).range(line.from));
    const prompt = PROMPT.exec(line.text);
    if (prompt) ranges.push(...promptMarks(line.from, prompt));
  }
  return Decoration.set(ranges);
});

/** A pasted prompt stays on the line of its code: no break between it and the first character. */
const PROMPT = /^(\s*(?:>>>|\.\.\.|(?:In ?)?\[\d+\]:) ?)\S?/;

/** @param {number} from @param {RegExpExecArray} prompt */
function promptMarks(from, [whole, sign]) {
  return [
    Decoration.mark({ class: "prompt-join" }).range(from, from + whole.length),
    Decoration.mark({ class: "prompt" }).range(from, from + sign.length),
  ];
}

/**
 * @param {object} options
 * @param {string} options.source
 * @param {(source: string) => void} options.onChange
 * @param {() => void} options.onRun
 * @param {() => void} options.onLeave
 * @param {import("./completion.js").Surroundings} options.around
 * @returns {Editor}
 */
export function createEditor({ source, onChange, onRun, onLeave, around }) {
  const labels = new Compartment();
  const view = new EditorView({
    state: EditorState.create({
      doc: source,
      extensions: [
        cspNonce(),
        Prec.highest(keymap.of(commands(onRun, onLeave))),
        completion(around),
        writing,
        marksField,
        hanging,
        labels.of([]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onChange(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    dom: view.dom,
    mark: (marks) => view.dispatch({ effects: setMarks.of(marks) }),
    write: (source) => {
      const changes = changeBetween(view.state.doc.toString(), source);
      if (changes) view.dispatch({ changes, userEvent: "input.gradient" });
    },
    relabel: (label, hint) =>
      view.dispatch({
        effects: labels.reconfigure([
          EditorView.contentAttributes.of({ "aria-label": label }),
          placeholder(hint),
        ]),
      }),
    edit: (changes) =>
      view.dispatch({ changes, userEvent: "input.fix", annotations: isolateHistory.of("full") }),
    undo: () => undo(view),
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

/** @param {string} old @param {string} next @returns {{from: number, to: number, insert: string} | null} */
function changeBetween(old, next) {
  if (old === next) return null;
  const most = Math.min(old.length, next.length);
  let from = 0;
  while (from < most && old[from] === next[from]) from += 1;
  let end = 0;
  while (end < most - from && old[old.length - 1 - end] === next[next.length - 1 - end]) end += 1;
  return { from, to: old.length - end, insert: next.slice(from, next.length - end) };
}

const writing = [
  lineNumbers(),
  history(),
  python(),
  syntaxHighlighting(highlighter),
  bracketMatching(),
  closeBrackets(),
  indentOnInput(),
  indentUnit.of("    "),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ spellcheck: "false", autocapitalize: "off", autocorrect: "off" }),
  keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
];

/** CodeMirror writes its own style element, which the page's policy lets through only with the nonce. */
function cspNonce() {
  const carrier = document.querySelector("script[nonce]");
  return EditorView.cspNonce.of(carrier instanceof HTMLElement ? carrier.nonce : "");
}

/** @param {() => void} onRun @param {() => void} onLeave */
function commands(onRun, onLeave) {
  /** @param {() => void} act */
  const always = (act) => () => {
    act();
    return true;
  };
  return [
    { key: "Shift-Enter", run: always(onRun) },
    { key: "Mod-Enter", run: always(onRun) },
    { key: "Ctrl-Enter", run: always(onRun) },
    {
      key: "Escape",
      run: (/** @type {import("@codemirror/view").EditorView} */ view) =>
        closeCompletion(view) || always(onLeave)(),
    },
  ];
}
