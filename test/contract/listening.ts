import { createServer, Server } from 'node:http'
import type { App } from './contract.ts'

/** The server `app.listen` would make of the app: what everything else is measured by. */
export function listening(app: App): Server {
  if (app instanceof Server) return app
  return createServer('callback' in app ? app.callback() : app)
}
