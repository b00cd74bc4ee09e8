import { createServer } from 'node:http'
import httpProxy from 'http-proxy'
import { startUpstream } from '../../shared/upstream.mjs'

const target = await startUpstream()
const proxy = httpProxy.createProxyServer({ target, xfwd: true })

export const app = createServer((req, res) => {
  proxy.web(req, res, {}, (error) => res.writeHead(502).end(error.code))
})
export const listen = (port) => app.listen(port, '127.0.0.1')
