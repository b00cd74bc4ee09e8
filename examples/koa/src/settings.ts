import { randomBytes } from 'node:crypto'
import type { AppOptions } from './app.ts'

/** The app's options from environment variables: SESSION_KEY and UPSTREAM_URL. */
export function settings({ SESSION_KEY, UPSTREAM_URL } = process.env): AppOptions {
  return {
    // Without a shared key, a login is good for this process only.
    sessionKey: SESSION_KEY ?? randomBytes(32).toString('hex'),
    upstream: UPSTREAM_URL ?? 'http://127.0.0.1:3001',
  }
}
