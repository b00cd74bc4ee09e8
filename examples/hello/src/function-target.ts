import { createLoadBalancer, functionTarget } from 'koa-alb-local'
import { handler } from './lambda.ts'

const target = functionTarget(handler, { timeoutMs: 3000, functionName: 'hello' })

export const loadBalancer = createLoadBalancer({ target })
