import { knownFields } from '../../invocation/document.ts'
import { behaviour, type Check } from './check.ts'

export const noNull: Check = {
  code: 'ALB106',
  name: 'no field is null',
  severity: 'error',
  remedy: 'Leave out what has no value.',
  source: behaviour,
  judge: ({ fields }) =>
    knownFields.filter((name) => fields?.[name] === null).map((name) => `${name} is null`),
}
