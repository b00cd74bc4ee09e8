// npm run throughput: the load balancer beside a plain proxy, on the built packages; fails when it has
// less than 70 % of its requests per second. For a quiet machine, so no part of the tests.
import { prepare } from './prepare.mjs'

prepare()
await import('../test/throughput/throughput.mjs')
