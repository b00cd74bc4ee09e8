import express from 'express'
import { createProxyMiddleware, fixRequestBody, responseInterceptor } from 'http-proxy-middleware'
import { startUpstream } from '../../shared/upstream.mjs'

const target = await startUpstream()
const shout = async (body) => body.toString().toUpperCase()

export const app = express()
export const listen = (port) => app.listen(port, '127.0.0.1')
app.use('/plain', createProxyMiddleware({ target, changeOrigin: true, xfwd: true }))
app.use(
  '/parsed',
  express.json(),
  createProxyMiddleware({ target, on: { proxyReq: fixRequestBody } }),
)
app.use(
  '/loud',
  createProxyMiddleware({
    target,
    selfHandleResponse: true,
    on: { proxyRes: responseInterceptor(shout) },
  }),
)
