import type { Mode } from '../scenarios/scenario.ts'

/** What a worker is asked to do; one task per process. */
export type Task =
  | { readonly kind: 'time'; readonly cases: readonly Case[]; readonly pace: Pace }
  | { readonly kind: 'overlap'; readonly levels: readonly number[]; readonly pace: Pace }
  | { readonly kind: 'allocation'; readonly cases: readonly Case[]; readonly pace: Pace }
  | { readonly kind: 'memory'; readonly case: Case; readonly invocations: number }

export interface Case {
  readonly scenario: string
  readonly mode: Mode
}

export interface Pace {
  /** CPU time, at most, before the first case: until then much of the code is interpreted. */
  readonly warmupMs: number
  /** Before each case after the first, and each level of overlap: most of the code is warm. */
  readonly rewarmMs: number
  readonly sliceMs: number
  /** Each a turn of the worker: those of all contestants alternate. */
  readonly slices: number
}

/** By name, a figure for each slice, or one of the process; or why there is none. */
export interface Measurement extends Case {
  readonly wrong?: string
  readonly figures: Figures
}

export type Figures = Readonly<Record<string, readonly number[]>>

/**
 * From the worker: a document to judge, answered with what is wrong with it; that others may work
 * until an answer comes; or the end.
 */
export type WorkerMessage =
  | { readonly kind: 'pause' }
  | (Case & { readonly kind: 'judge'; readonly payload: string })
  | { readonly kind: 'done'; readonly measurements: readonly Measurement[] }
  | { readonly kind: 'failed'; readonly reason: string }

export interface Verdict {
  readonly wrong?: string
}
