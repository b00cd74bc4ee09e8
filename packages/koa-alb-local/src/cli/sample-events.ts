import { questionsFor } from '../doctor/questions.ts'
import { tellingEvent } from '../doctor/telling-event.ts'
import { headerModes } from '../invocation/header-mode.ts'
import type { NamedEvent } from '../replay/read-events.ts'

/** Events that tell handlers apart, each in both header modes, for each path. */
export function sampleEvents(paths: readonly string[] = ['/']): NamedEvent[] {
  return paths.flatMap((path) =>
    questionsFor(path).flatMap((question) => {
      const name = [question.about.replace(` ${path}`, ''), path].map(namePart).filter(Boolean)
      return headerModes.map((mode) => {
        const event = tellingEvent(question, mode)
        const title = `${event.httpMethod} ${event.path}`
        return { name: `${name.join('-')}.${mode}`, title, mode, event }
      })
    }),
  )
}

function namePart(text: string): string {
  return text.replace(/[^\w.]+/g, '-').replace(/^-|-$/g, '')
}
