// The servers that are compared, each in a process of its own, started with its name. Each tells its
// port, and on every message the CPU time it has used.
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import { createLoadBalancer, Recorder } from 'koa-alb-local'

const body = JSON.stringify({
  parts: Array.from({ length: 40 }, (_, id) => ({ id, name: 'Hex nut M8' })),
})
const headers = { 'content-type': 'application/json', 'x-request': 'known' }

const target = async () => ({ statusCode: 200, headers, body, isBase64Encoded: false })

const servers = {
  /** The app behind the proxy. */
  app: () =>
    createServer((incoming, response) => {
      incoming.resume().once('end', () => {
        response.writeHead(200, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body)
      })
    }),
  /** The same answer by way of event and document. */
  loadBalancer: () => createLoadBalancer({ target }),
  recorded: () => createLoadBalancer({ target, recorder: new Recorder() }),
  proxy: (port) => {
    const agent = new Agent({ keepAlive: true })
    return createServer((incoming, response) => {
      const { method, url, headers } = incoming
      const outgoing = request({ agent, port, method, path: url, headers }, (answer) => {
        response.writeHead(answer.statusCode, answer.headers)
        answer.pipe(response)
      })
      incoming.pipe(outgoing)
    })
  },
}

const [name, port] = process.argv.slice(2)
const server = servers[name](Number(port))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
process.send(server.address().port)
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send(user + system)
})
