import type { Messages } from './observation.ts'

/** A moment of an exchange, and how an app gets there. */
export interface Stage {
  readonly name: string
  readonly method?: 'GET' | 'HEAD'
  /** Bytes of the request body; a request without one is a GET. */
  readonly bodyBytes?: number
  /** Calls `act` at that moment. */
  readonly arrive: (messages: Messages, act: () => void) => void
}

export const turns = (count: number, act: () => void): void =>
  void setImmediate(() => (count > 1 ? turns(count - 1, act) : act()))
/** Enough for everything that was begun to come to its end. */
export const LATER = 12
