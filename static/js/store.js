/** The one state of the page. Panels read it, panels and actions write it, everybody may listen. */

/**
 * @typedef {import("./code/cells.js").Cell} Cell
 * @typedef {import("./trace/trace-types.js").Trace} Trace
 * @typedef {import("./trace/steps.js").Step} Step
 * @typedef {"zh" | "en"} Language
 * @typedef {"light" | "dark" | "auto"} Theme
 * @typedef {{key: string, values?: Record<string, unknown>}} Message  a sentence of the locales
 * @typedef {{slug: string, cells: string[], group?: string, kind?: string, picture?: import("./layout/mini.js").RelationPicture | null}} Program
 *
 * @typedef {object} State
 * @property {Cell[]} cells
 * @property {Trace | null} trace
 * @property {string[]} sources       the cells that the trace came from, as they ran; its positions refer to them
 * @property {Step[]} steps          steps(trace), empty without a trace
 * @property {number} step           position in steps; −1 before the first
 * @property {import("./trace/moves.js").Beat} beat   how far the current backward step has got; 3 is "landed", all that it does is done
 * @property {boolean} each          backward steps go part by part: one run of the loop after the other
 * @property {number | null} part    which part walks; null when all go at once, and when the last one has landed
 * @property {{tensor: number, element: number} | null} selection
 * @property {{op: number, relation: number, edge: number} | null} edge  the one edge that is looked at, by positions in the trace
 * @property {"input" | "output"} reading  look at a blue node (gather) or at a green node (hand out)
 * @property {Record<number, number>} wrt  by operation: the tensor with respect to which it is read, where the reader chose
 * @property {"tensors" | "mixed" | "elements" | null} level  null: what suits the picture
 * @property {Record<number, boolean>} unfolded  by operation: what the reader unfolded or folded by hand; groups of operations by groupId()
 * @property {import("./modules/module-tree.js").Choices} modules  by module call: folded or not, where the reader chose
 * @property {Record<number, number>} run  by operation: which run of its loop is shown, from 0
 * @property {number} more  answers with further edges that have come to the trace; they are in its relations
 * @property {boolean} weights  every weight is written on its edge, not only where few are or an element is chosen
 * @property {"value" | "score"} shade  what the tiles of large grids show
 * @property {boolean} copies  broadcasting is drawn in two steps, copies first
 * @property {boolean | null} adjusting  the sliders of G are out; null: where the program is about gradients
 * @property {"study" | "projector" | "embed"} place
 * @property {boolean} chain         in the projector: the whole chain instead of one operation
 * @property {Language} lang
 * @property {Theme} theme
 * @property {boolean} running
 * @property {{obstacle: import("./asking/patience.js").Obstacle, seconds: number} | null} waiting  the run was turned away and is asked for again in so many seconds
 * @property {string | null} program  slug of the built-in program shown, null for the reader's own
 * @property {Program[]} programs    the built-in programs, empty until they have arrived
 * @property {Message | null} failure what kept the server from answering
 * @property {"auto" | number | null} fault  which error is explained: that of the moment, of the cell that ran at a position, none
 * @property {"gradient" | null} opens  what a repair asks the reader to go on with; whoever opens it sets null
 * @property {boolean} guest         the cells came with a link and wait for the reader's yes
 * @property {boolean} folded        the code panel is a rail
 * @property {boolean} playing
 * @property {number} speed          1 is one operation in 1.2 s, its beats in 150, 350, 350 and 350 ms
 */

/**
 * @typedef {object} Store
 * @property {() => State} get
 * @property {(patch: Partial<State>) => void} set
 * @property {(listener: (state: State, previous: State) => void) => () => void} subscribe
 */

/** @returns {State} */
export function initialState() {
  return {
    cells: [],
    trace: null,
    sources: [],
    steps: [],
    step: -1,
    beat: 3,
    each: false,
    part: null,
    selection: null,
    edge: null,
    reading: "input",
    wrt: {},
    level: null,
    unfolded: {},
    modules: {},
    run: {},
    more: 0,
    weights: false,
    shade: "score",
    copies: false,
    adjusting: null,
    place: "study",
    chain: false,
    lang: "zh",
    theme: "auto",
    running: false,
    waiting: null,
    program: null,
    programs: [],
    failure: null,
    fault: "auto",
    opens: null,
    guest: false,
    folded: false,
    playing: false,
    speed: 1,
  };
}

/**
 * @param {State} state
 * @returns {Store}
 */
export function createStore(state) {
  let current = state;
  /** @type {Set<(state: State, previous: State) => void>} */
  const listeners = new Set();
  return {
    get: () => current,
    set(patch) {
      const previous = current;
      current = { ...previous, ...patch };
      for (const listener of [...listeners]) listener(current, previous);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
