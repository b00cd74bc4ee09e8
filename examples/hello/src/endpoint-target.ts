import { createLoadBalancer, endpointTarget } from 'koa-alb-local'

const { LAMBDA_ENDPOINT = 'http://127.0.0.1:9000' } = process.env

export const loadBalancer = createLoadBalancer({ target: endpointTarget(LAMBDA_ENDPOINT) })
