import { albHandler } from 'koa-alb'
import { probeListener } from '../../src/bootstrap/probe-app.ts'
import { examine } from '../../src/doctor/examine.ts'
import type { Judged } from '../../src/doctor/formats/report.ts'
import { questionsFor } from '../../src/doctor/questions.ts'
import { functionTarget } from '../../src/targets/function-target.ts'
import type { AlbEvent, LambdaContext } from '../../src/types.ts'

/** A document and the event it answers, to be spoilt. */
export interface Answered {
  readonly event: AlbEvent
  // What it is to be is what is judged.
  readonly document: Record<string, unknown>
  /** The header field that is read in this mode. */
  readonly headers: Record<string, unknown>
}

export interface Spoiling {
  event?(event: AlbEvent): void
  document?(answered: Answered): unknown
}

const good = albHandler(probeListener)

/** What doctor says of the adapter, once its events or documents are spoilt. */
export function examineSpoilt(spoiling: Spoiling): Promise<readonly Judged[]> {
  const handler = async (event: AlbEvent, context: LambdaContext): Promise<unknown> => {
    const asked = structuredClone(event)
    spoiling.event?.(event)
    const failure = { statusCode: 500, body: '' }
    const settled = await good(event, inTimeFor(event, context)).catch((error: Error) => ({
      ...failure,
      error,
    }))
    const { error, ...answered } = { error: undefined, ...settled }
    const document: Record<string, unknown> = answered
    // Lists or texts, by mode.
    const headers = (document.multiValueHeaders ?? document.headers ?? {}) as Record<
      string,
      unknown
    >
    const spoilt = spoiling.document?.({ event: asked, document, headers })
    if (spoilt === undefined && error) throw error
    return spoilt ?? document
  }
  const target = functionTarget(handler)
  return examine({ target, questions: questionsFor('/'), isProbe: true })
}

// What never answers has no time left, so that nobody waits for it.
function inTimeFor({ path }: AlbEvent, context: LambdaContext): LambdaContext {
  return path === '/probe/never' ? { ...context, getRemainingTimeInMillis: () => 0 } : context
}

export function failedIn(judged: readonly Judged[]): readonly string[] {
  return judged.filter(({ status }) => status === 'failed').map(({ code }) => code)
}
