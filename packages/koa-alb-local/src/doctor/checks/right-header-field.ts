import { type Check, targetsGuide } from './check.ts'
import { fieldOf, namesIn } from './header-fields.ts'

export const rightHeaderField: Check = {
  code: 'ALB105',
  name: 'headers are in the field of the mode',
  severity: 'error',
  remedy:
    'Return multiValueHeaders when the event has multiValueHeaders, else headers: the other field is not read.',
  source: targetsGuide,
  judge: ({ fields, mode }) => {
    const read = fieldOf({ mode })
    const other = read === 'headers' ? 'multiValueHeaders' : 'headers'
    const unread = namesIn(fields?.[other])
    if (unread.length === 0) return []
    if (fields?.[read] === undefined) return [`${other} is not read, there is no ${read}`]
    // What is no object is another check's.
    if (typeof fields[read] !== 'object' || fields[read] === null) return []
    const known = namesIn(fields[read])
    return unread
      .filter((name) => !known.includes(name))
      .map((name) => `header is in ${other} alone, which is not read: ${name}`)
  },
}
