import { targetsGuide } from './check.ts'
import { lambdaGroups, type TemplateCheck } from './template-check.ts'

export const healthCheckIsOn: TemplateCheck = {
  code: 'ALB404',
  name: 'health checks of functions are on',
  severity: 'note',
  remedy:
    'Set HealthCheckEnabled to true, or know that a function counts as healthy whatever it answers: for functions, health checks are off until they are turned on.',
  source: targetsGuide,
  judge: (resources) =>
    lambdaGroups(resources)
      .filter(({ properties }) => String(properties.HealthCheckEnabled) !== 'true')
      .map(({ id }) => `health check is off: ${id}`),
}
