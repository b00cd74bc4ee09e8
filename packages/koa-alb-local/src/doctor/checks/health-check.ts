import { type Check, targetsGuide } from './check.ts'
import { ask, judgeSeen } from './probe.ts'

export const healthCheck: Check = {
  code: 'ALB224',
  name: 'a health check arrives, which has no header but user-agent',
  severity: 'error',
  remedy: 'Use an adapter that takes events without host and x-forwarded-for.',
  source: targetsGuide,
  questions: [ask('a health check', 'echo', { isHealthCheck: true })],
  judge: (exchange) =>
    judgeSeen(exchange, ({ headers }) => {
      const agent = headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1]
      if (agent === 'ELB-HealthChecker/2.0') return []
      return [`user-agent of a health check arrives as ${agent ?? 'nothing'}`]
    }),
}
