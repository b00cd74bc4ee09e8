import { pathToFileURL } from 'node:url'
import { type AppPlace, appHandler } from './app-handler.ts'
import type { Handler } from './callback.ts'
import { type HandlerReport, handlerReport } from './handler-report.ts'
import { handlerIn } from './load-handler.ts'

export interface ExaminedPlace extends AppPlace {
  /** The export that is the handler, unless an app has been asked for. */
  readonly handler: string
}

type Reporting = (
  asked: { readonly events: Parameters<typeof handlerReport>[1] },
  context: object,
) => Promise<HandlerReport>

/**
 * A handler for `{ events }`, which reports on the one that a file exports, or that is made of its app.
 * @throws Error when there is none
 */
export async function examinedHandler(place: ExaminedPlace): Promise<Reporting> {
  const loaded: unknown = await import(pathToFileURL(place.file).href)
  const found = place.export === undefined ? handlerIn(loaded, place.handler) : undefined
  // Whatever is called with an event and a context: what it returns is judged elsewhere.
  const handler = typeof found === 'function' ? (found as Handler) : await appHandler(place)
  return ({ events }, context) => handlerReport(handler, events, context)
}
