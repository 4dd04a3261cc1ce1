/**
 * The shapes of what POST /api/trace answers, as far as the page reads them. Types only: nothing runs here.
 *
 * @typedef {number | string | boolean | null} Scalar  A number; "NaN", "Infinity" and "-Infinity" are strings, so are big integers.
 * @typedef {{cell: number, line: number, column: number, end_line: number, end_column: number}} Span
 *
 * @typedef {object} Summary  What is known of a tensor whose values went over the budget.
 * @property {Scalar} min
 * @property {Scalar} max
 * @property {Scalar} mean
 * @property {number} nonfinite
 * @property {{shape: [number, number], min: Scalar[], max: Scalar[]}} blocks
 *
 * @typedef {object} TraceTensor
 * @property {number} id
 * @property {string | null} name
 * @property {string} label
 * @property {number} version
 * @property {boolean} constant
 * @property {number[]} shape
 * @property {string} dtype
 * @property {boolean} requires_grad
 * @property {boolean} is_leaf
 * @property {number | null} op
 * @property {Scalar[] | null} values
 * @property {Summary} [summary]
 * @property {Scalar[] | null} grad
 * @property {Scalar[]} [some]  values that were asked for later, at their places; the others are holes
 * @property {Span | null} span
 * @property {number} [ghost]  of copies that the page drew itself: the tensor that they are copies of
 *
 * @typedef {object} Relation
 * @property {number} input   position in the operation's inputs
 * @property {number} output  position in the operation's outputs
 * @property {boolean} carries
 * @property {boolean} selects
 * @property {string} structure
 * @property {string | null} kind
 * @property {{count: number, inputs: number, outputs: number}} units
 * @property {number} edge_count
 * @property {boolean} complete
 * @property {{input: number[], output: number[], weight: Scalar[]} | null} edges
 * @property {string | null} local
 * @property {{input: number, output: number, weight: Scalar, quotient: Scalar} | null} [differs]  a learner's own backward is not the derivative
 * @property {{where: string, tex: string}[]} symbols
 *
 * @typedef {object} TraceOp
 * @property {number} id
 * @property {string} name
 * @property {string | null} grad_fn
 * @property {Record<string, unknown>} params
 * @property {number[]} inputs
 * @property {number[]} outputs
 * @property {{input?: number, output?: number, version: number}[]} saved
 * @property {Relation[]} relations
 * @property {string} [forward]  LaTeX of what it computes, on the letters of its operands
 * @property {Span | null} span
 * @property {number | null} [module]   the innermost module call that it ran in
 * @property {Layer} [layer]            a call of a module that is told as this one operation
 * @property {boolean} [custom]         a learner's own torch.autograd.Function
 * @property {number | null} [derives]  the backward call that ran it, under create_graph
 * @property {number | null} [of_op]    the operation whose backward it is a part of
 *
 * @typedef {{module: number, name: string, class: string, parts: number[]}} Layer  parts: its operations, where it has several
 *
 * @typedef {object} TraceModule  One call of a module.
 * @property {number} id
 * @property {string | null} name
 * @property {string} class
 * @property {number | null} parent  the call around it
 * @property {number[]} ops
 * @property {number[]} inputs
 * @property {number[]} outputs
 * @property {number[]} parameters
 * @property {Span | null} span
 *
 * @typedef {{tensor: number | null, op: number | null, before: Scalar[] | null, after: Scalar[] | null, span?: Span | null, input?: number | null, output?: number | null}} Hooked
 *
 * @typedef {object} TraceError
 * @property {string} type
 * @property {string} message
 * @property {number | null} [op]
 * @property {{code: string, en: string, zh: string, values?: Record<string, any>} | null} [hint]
 *
 * @typedef {object} Score
 * @property {number} tensor
 * @property {Scalar[] | null} values
 * @property {Summary} [summary]  where values is null
 * @property {Scalar[]} [some]    those that were asked for later, at their places; the others are holes
 *
 * @typedef {object} BackwardCall
 * @property {number} id
 * @property {string} call
 * @property {Span | null} span
 * @property {number} after_op
 * @property {{tensor: number, gradient: Scalar[] | null}[]} roots
 * @property {number[] | null} inputs
 * @property {boolean} retain_graph
 * @property {boolean} create_graph
 * @property {number[]} order
 * @property {Score[]} scores
 * @property {{tensor: number, before: Scalar[] | null, after: Scalar[] | null}[]} accumulated
 * @property {{tensor: number, before: Scalar[] | null, after: Scalar[] | null}[]} [retained]  of intermediates with retain_grad()
 * @property {(Scalar[] | null)[] | null} [results]  the answers of autograd.grad
 * @property {Hooked[]} [hooks]  gradients that hooks changed
 * @property {TraceError | null} error
 *
 * @typedef {object} Trace
 * @property {TraceError | null} error
 * @property {unknown[]} cells
 * @property {TraceTensor[]} tensors
 * @property {TraceOp[]} ops
 * @property {TraceModule[]} [modules]
 * @property {BackwardCall[]} backward
 * @property {number} ops_total
 */

/**
 * Entries by id. Ids are positions today, but only ids are promised.
 * @template {{id: number}} T
 * @param {T[]} entries
 * @returns {Map<number, T>}
 */
export function byId(entries) {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

/**
 * The entry with this id, which the trace promises to exist.
 * @template T
 * @param {Map<number, T>} entries
 * @param {number} id
 * @returns {T}
 */
export function need(entries, id) {
  const entry = entries.get(id);
  if (entry === undefined) throw new RangeError(`the trace has no entry ${id}`);
  return entry;
}
