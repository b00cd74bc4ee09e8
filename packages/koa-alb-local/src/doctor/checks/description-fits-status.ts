import { behaviour, type Check } from './check.ts'
import { shown } from './header-fields.ts'

export const descriptionFitsStatus: Check = {
  code: 'ALB121',
  name: 'statusDescription begins with the status',
  severity: 'note',
  remedy: "Return such as '404 Not Found' with statusCode 404; another text is ignored.",
  source: behaviour,
  judge: ({ fields, answer }) => {
    const text = fields?.statusDescription
    if (!answer || typeof text !== 'string') return []
    return text.startsWith(`${answer.status} `) && text.length > 4
      ? []
      : [`statusDescription is ignored: ${shown(text)}`]
  },
}
