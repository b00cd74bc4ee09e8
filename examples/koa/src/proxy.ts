import httpProxy from 'http-proxy'
import type { Middleware } from 'koa'

/** Hands every request below `prefix` to `origin`, path unchanged. */
export function proxy(prefix: string, origin: string): Middleware {
  const upstream = httpProxy.createProxyServer({ target: origin, changeOrigin: true })
  // http-proxy leaves the client waiting for ever when the upstream breaks off midway.
  upstream.on('proxyRes', (proxyRes, _req, res) => proxyRes.once('aborted', () => res.destroy()))

  return async (ctx, next) => {
    if (ctx.path !== prefix && !ctx.path.startsWith(`${prefix}/`)) return next()
    ctx.respond = false
    await new Promise<void>((resolve) => {
      ctx.res.once('close', resolve)
      upstream.web(ctx.req, ctx.res, {}, () => {
        if (!ctx.res.headersSent) ctx.res.writeHead(502, { 'content-type': 'text/plain' })
        ctx.res.end('The upstream cannot be reached')
      })
    })
  }
}
