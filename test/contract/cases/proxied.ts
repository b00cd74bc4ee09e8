import { request as ask, createServer, type RequestListener } from 'node:http'
import httpProxy from 'http-proxy'
import { onTestFinished } from 'vitest'
import { compressed } from '../../apps/files.ts'
import type { Case } from '../contract.ts'
import { get, post } from '../request.ts'
import { serving } from '../serving.ts'

const compressing: RequestListener = (_req, res) => {
  res.writeHead(200, {
    'content-type': 'text/plain',
    'content-encoding': 'gzip',
    'transfer-encoding': 'chunked',
    'set-cookie': ['a=1', 'b=2'],
  })
  res.write(compressed.gzip.subarray(0, 20))
  setImmediate(() => res.end(compressed.gzip.subarray(20)))
}

/** An app that passes everything on to the upstream, through http-proxy. */
async function proxyTo(upstream: RequestListener): Promise<RequestListener> {
  const target = `http://127.0.0.1:${await serving(createServer(upstream))}`
  const proxy = httpProxy.createProxyServer({ target })
  onTestFinished(() => proxy.close())
  return (req, res) => proxy.web(req, res)
}

export const proxiedCases: readonly Case[] = [
  {
    name: 'http-proxy passes a compressed, chunked response',
    app: () => proxyTo(compressing),
    request: get(),
    headers: ['content-encoding: gzip', 'set-cookie: a=1', 'set-cookie: b=2'],
    body: compressed.gzip,
  },
  {
    name: 'http-proxy passes the body of a request',
    app: () => proxyTo((req, res) => req.pipe(res)),
    request: post('passed on', 'Content-Type: text/plain'),
    body: 'passed on',
  },
  {
    name: 'http-proxy passes status and reason phrase',
    app: () => proxyTo((_req, res) => res.writeHead(409, 'Twice').end('no')),
    request: get('/a?b=1'),
    status: '409 Twice',
    body: 'no',
  },
  {
    name: 'a response of node:http piped by hand keeps its bytes',
    app: async () => {
      const port = await serving(createServer(compressing))
      return (_req, res) => {
        // Without an agent the upstream answers `connection: close`, which is passed on.
        ask({ port, host: '127.0.0.1', agent: false }, (upstream) => {
          res.writeHead(upstream.statusCode ?? 0, upstream.rawHeaders)
          upstream.pipe(res)
        }).end()
      }
    },
    request: get(),
    headers: ['content-encoding: gzip', 'set-cookie: a=1', 'set-cookie: b=2'],
    body: compressed.gzip,
  },
]
