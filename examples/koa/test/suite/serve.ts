import type { RequestListener, Server } from 'node:http'
import type Koa from 'koa'
import { type AppOptions, createApp } from '../../src/app.ts'

/** What decides the server: gives supertest something that serves the app. */
export type Serve = (app: Koa) => Server | RequestListener

/** A fresh app for one test, served. */
export function served(serve: Serve, options: Partial<AppOptions> = {}): Server | RequestListener {
  const silent = (): void => {}
  // Nothing listens on the discard port: only the proxy's own tests have an upstream.
  const upstream = 'http://127.0.0.1:9'
  return serve(createApp({ sessionKey: 'test key', upstream, log: silent, ...options }))
}
