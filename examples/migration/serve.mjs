import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createApp } from '../koa/dist/app.js'
import { startRatesService } from '../koa/dist/rates.js'

const path = (name) => fileURLToPath(new URL(name, import.meta.url))

// Both sides share the key, so a login on one is a login on the other.
const sessionKey = randomBytes(32).toString('hex')
const upstream = await startRatesService()

// The app as it runs in containers today.
const containers = createApp({ sessionKey, upstream, log: () => {} }).listen(0, '127.0.0.1')
await once(containers, 'listening')

// The load balancer of the template, with the same app as a function beside it.
const args = [
  ['--template', path('template.yaml')],
  ['--target', `Containers=http://127.0.0.1:${containers.address().port}`],
  ['--parameter-overrides', `SessionKey=${sessionKey}`, `UpstreamUrl=${upstream}`],
]
const command = path('../../packages/koa-alb-local/bin/koa-alb-local.js')
const loadBalancer = spawn(process.execPath, [command, ...args.flat(), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
// Ctrl-C reaches the load balancer, too, which answers what is under way.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => signal === 'SIGTERM' && loadBalancer.kill(signal))
}
const [code] = await once(loadBalancer, 'exit')
process.exitCode = code ?? 1
containers.close()
containers.closeAllConnections()
