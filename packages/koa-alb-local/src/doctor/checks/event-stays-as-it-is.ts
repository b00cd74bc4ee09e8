import type { ModuleCheck } from './module-check.ts'

export const eventStaysAsItIs: ModuleCheck = {
  code: 'ALB311',
  name: 'the event stays as it is',
  severity: 'warning',
  remedy:
    'Copy what is changed: middleware, loggers and retries have the same event in their hands.',
  source: 'docs/doctor.md',
  judge: ({ changedFields }) =>
    changedFields.length === 0 ? [] : [`the event is changed: ${changedFields.join(', ')}`],
}
