import type { RequestListener } from 'node:http'
import type { AlbEvent, AlbHandlerOptions } from 'koa-alb'

export interface Ending {
  readonly name: string
  /** A status, the code of an error, or the message of an app's own. */
  readonly outcome: number | string
  readonly listener: RequestListener
  readonly event?: Partial<AlbEvent>
  readonly options?: AlbHandlerOptions
  /** What the context's clock says. Default 30,000. */
  readonly remainingMs?: number
  /** Whether the handler is given a promise of the app. */
  readonly promised?: boolean
}

export const endings: readonly Ending[]
