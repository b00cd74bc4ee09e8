import { createLoadBalancer, lambdaTarget } from 'koa-alb-local'

const target = lambdaTarget({
  handler: 'dist/lambda.handler',
  taskRoot: `${import.meta.dirname}/..`,
  timeoutMs: 3000,
  memoryLimitInMB: 256,
})

export const loadBalancer = createLoadBalancer({ target }).once('close', () => target.close())
