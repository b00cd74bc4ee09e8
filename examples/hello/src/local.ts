import { createLoadBalancer } from 'koa-alb-local'
import { handler } from './lambda.ts'

createLoadBalancer({ target: handler }).listen(8080)
