import { createServer } from 'node:http'
import { node } from '@elysiajs/node'
import { Elysia } from 'elysia'
import { toNodeHandler } from 'srvx/node'

export const app = new Elysia({ adapter: node() })
  .get('/hello/:name', ({ params, query }) => ({ ...params, query }))
  .post('/echo', ({ body }) => body)
  .post('/form', ({ body }) => body)
  .get('/cookies', ({ cookie }) => {
    cookie.first.value = 'a'
    cookie.second.value = 'b'
    return 'set'
  })
  .get('/fail', ({ status }) => status(500, 'on purpose'))
export const listen = (port) => createServer(toNodeHandler(app.fetch)).listen(port, '127.0.0.1')
