// npm start: the example app behind the local load balancer.
import { prepare } from './prepare.mjs'

prepare()
await import('../examples/koa/dist/local.js')
