import { createServer } from 'node:http'
import next from 'next'

export const app = next({ dev: false, dir: import.meta.dirname })
await app.prepare()
export const listen = (port) => createServer(app.getRequestHandler()).listen(port, '127.0.0.1')
