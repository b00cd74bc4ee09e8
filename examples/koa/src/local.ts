import type { AddressInfo } from 'node:net'
import { createLoadBalancer } from 'koa-alb-local'
import { startRatesService } from './rates.ts'

process.env.UPSTREAM_URL ??= await startRatesService()
// Loaded after its environment is complete, as in Lambda.
const { handler } = await import('./lambda.ts')

const port = Number(process.env.PORT ?? 3000)
const multiValueHeaders = process.env.MULTI_VALUE_HEADERS === 'true'
const loadBalancer = createLoadBalancer({ target: handler, multiValueHeaders })

loadBalancer.once('error', (error: NodeJS.ErrnoException) => {
  const isTaken = error.code === 'EADDRINUSE'
  console.error(
    isTaken ? `Port ${port} is in use. Choose another: PORT=${port + 1}` : error.message,
  )
  process.exitCode = 1
})
loadBalancer.listen(port, '127.0.0.1', () => {
  // A server that listens on a TCP port has an AddressInfo.
  const url = `http://127.0.0.1:${(loadBalancer.address() as AddressInfo).port}`
  console.log(`Listening on ${url}`)
  console.log(`Try: curl -i ${url}/api/parts`)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    loadBalancer.close()
    loadBalancer.closeAllConnections()
  })
}
