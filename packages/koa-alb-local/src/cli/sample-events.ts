import { questionsFor } from '../doctor/questions.ts'
import { tellingEvent } from '../doctor/telling-event.ts'
import { headerModes } from '../invocation/header-mode.ts'
import type { NamedEvent } from '../replay/read-events.ts'

/** Events that tell handlers apart, each in both header modes, as for the path `/`. */
export function sampleEvents(): NamedEvent[] {
  return questionsFor('/').flatMap((question) => {
    const name = question.about.replace(/[^\w.]+/g, '-').replace(/^-|-$/g, '')
    return headerModes.map((mode) => {
      const event = tellingEvent(question, mode)
      return { name: `${name}.${mode}`, title: `${event.httpMethod} ${event.path}`, mode, event }
    })
  })
}
