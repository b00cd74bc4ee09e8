import { createApplicationLoadBalancer } from 'koa-alb-local'
import { handler } from './lambda.ts'

export const loadBalancer = createApplicationLoadBalancer({
  listeners: {
    Web: {
      Port: 8080,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'forward', TargetGroupArn: 'Hello' }],
    },
  },
  listenerRules: {
    Moved: {
      ListenerArn: 'Web',
      Priority: 10,
      Conditions: [{ Field: 'path-pattern', Values: ['/old/*'] }],
      Actions: [{ Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Path: '/' } }],
    },
  },
  targetGroups: {
    Hello: { TargetType: 'lambda', Targets: [{ Id: 'hello' }], HealthCheckEnabled: true },
  },
  targets: { hello: handler },
})
