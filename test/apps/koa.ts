import Koa from 'koa'

/** A Koa app of these middlewares that keeps its errors off the console. */
export function koa(...middlewares: Koa.Middleware[]): Koa {
  return configuredKoa({}, ...middlewares)
}

export function configuredKoa(
  options: { readonly proxy?: boolean; readonly maxIpsCount?: number },
  ...middlewares: Koa.Middleware[]
): Koa {
  const app = new Koa<Koa.DefaultState, Koa.DefaultContext>(options)
  app.silent = true
  for (const middleware of middlewares) app.use(middleware)
  return app
}
