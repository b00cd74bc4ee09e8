import { createServer, Server } from 'node:http'
import { describe } from 'vitest'
import { type App, contract } from './contract.ts'
import { groups } from './groups.ts'

for (const [group, cases] of Object.entries(groups)) {
  describe(`${group}, with app.listen`, () => contract(cases, 'listen', listening))
}

function listening(app: App): Server {
  if (app instanceof Server) return app
  return createServer('callback' in app ? app.callback() : app)
}
