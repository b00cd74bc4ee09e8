import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { buffer, createError, json, send, serve } from 'micro'
import { parts, picture } from '../../shared/content.mjs'

export const app = serve(async (req, res) => {
  const { pathname } = new URL(req.url, 'http://app.example')
  if (pathname === '/echo') return json(req)
  if (pathname === '/bytes') return buffer(req, { limit: '1mb' })
  if (pathname === '/image') return picture
  if (pathname === '/stream') return Readable.from(parts(), { objectMode: false })
  if (pathname === '/empty') return send(res, 204)
  if (pathname === '/fail') throw createError(418, 'on purpose')
  return { url: req.url }
})
export const listen = (port) => createServer(app).listen(port, '127.0.0.1')
