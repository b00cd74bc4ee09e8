import type { Mode } from '../scenarios/scenario.ts'

/** What a worker is asked to do; one task per process. */
export interface Task {
  readonly kind: 'time' | 'overlap' | 'allocation' | 'memory'
  readonly cases: readonly Case[]
  readonly pace: Pace
  /** Of Node, for the process. */
  readonly flags?: readonly string[]
}

export interface Case {
  readonly scenario: string
  readonly mode: Mode
}

export interface Pace {
  /** The most CPU time before the first case, an eighth is the first span: see warmUp. */
  readonly warmupMs: number
  /** Before so much of it, what looks flat is not. */
  readonly leastWarmupMs?: number
  /** The same before each case after the first, and for a level of overlap: most code is warm. */
  readonly rewarmMs: number
  readonly sliceMs: number
  /** Each a turn of the worker: those of all contestants alternate. */
  readonly slices: number
}

/** By name, what one slice or one process came to. */
export type Figures = Readonly<Record<string, number>>

/** Some figures of a case, or why it has none. */
export interface Measurement extends Case {
  readonly wrong?: string
  readonly figures: Figures
}

/**
 * From the worker: a document to judge, answered with what is wrong with it; a measurement, answered
 * when the others have had their turns; or that the process may be ended.
 */
export type WorkerMessage =
  | { readonly kind: 'judge'; readonly measured: Case; readonly payload: string }
  | { readonly kind: 'pause'; readonly measurement: Measurement }
  | { readonly kind: 'done' }

export interface Answer {
  readonly wrong?: string
}
