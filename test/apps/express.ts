import express, { type Express } from 'express'

/** An Express app with these routes that keeps its errors off the console. */
export function expressApp(routes: (app: Express) => unknown): Express {
  const app = express()
  // Express prints errors unless it runs in a test.
  app.set('env', 'test')
  routes(app)
  return app
}
