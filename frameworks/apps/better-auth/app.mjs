import { createServer } from 'node:http'
import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { toNodeHandler } from 'better-auth/node'

const auth = betterAuth({
  secret: 'x'.repeat(32),
  baseURL: 'http://app.example',
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  emailAndPassword: { enabled: true },
  telemetry: { enabled: false },
})

export const app = toNodeHandler(auth)
export const listen = (port) => createServer(app).listen(port, '127.0.0.1')
