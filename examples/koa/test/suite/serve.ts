import type { RequestListener, Server } from 'node:http'
import type { AppOptions } from '../../src/app.ts'

/** What supertest takes: a server, what would answer its requests, or a URL. */
export type Served = Server | RequestListener | string

/** What decides the server: serves a fresh app with these options. */
export type Serve = (options: AppOptions) => Served | Promise<Served>

/** A fresh app for one test, served. */
export async function served(serve: Serve, options: Partial<AppOptions> = {}): Promise<Served> {
  const silent = (): void => {}
  // Nothing listens on the discard port: only the proxy's own tests have an upstream.
  const upstream = 'http://127.0.0.1:9'
  return serve({ sessionKey: 'test key', upstream, log: silent, ...options })
}
