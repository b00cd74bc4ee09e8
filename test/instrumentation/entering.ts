import { AsyncLocalStorage } from 'node:async_hooks'
import type { RequestListener } from 'node:http'
import type { Moment } from './moments.ts'

/** An app whose `/enter` enters a context at a moment, and whose other paths tell theirs. */
export interface Entering {
  readonly storage: AsyncLocalStorage<string>
  readonly listener: RequestListener
  /** Enters the context. */
  readonly enter: () => void
  readonly whenEntered: Promise<void>
}

export function createEntering(moment: Moment): Entering {
  const storage = new AsyncLocalStorage<string>()
  let entered: () => void
  const whenEntered = new Promise<void>((resolve) => {
    entered = resolve
  })
  const enter = (): void => {
    storage.enterWith('of another request')
    entered()
  }
  const listener: RequestListener = (req, res) => {
    if (req.url === '/enter') moment(req, res, enter)
    else res.end(String(storage.getStore()))
  }
  return { storage, listener, enter, whenEntered }
}
