import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { toNodeHandler } from 'srvx/node'
import { parts, picture } from '../../shared/content.mjs'

const routes = {
  '/echo': async (request) => Response.json(await request.json()),
  '/form': async (request) => Response.json(Object.fromEntries(await request.formData())),
  '/bytes': (request) => new Response(request.body),
  '/cookies': () =>
    new Response('set', {
      headers: [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
    }),
  '/image': () => new Response(picture, { headers: { 'content-type': 'image/png' } }),
  '/stream': () => new Response(Readable.toWeb(Readable.from(parts(), { objectMode: false }))),
  '/empty': () => new Response(null, { status: 204 }),
  '/redirect': () => new Response(null, { status: 302, headers: { location: '/hello/Ada' } }),
  '/fail': () => new Response('on purpose', { status: 500 }),
}

/** A handler of the web's own kind. */
export async function fetch(request) {
  const { pathname } = new URL(request.url)
  const route = routes[pathname]
  if (route) return route(request)
  const status = pathname.startsWith('/hello/') ? 200 : 404
  return Response.json({ url: request.url, ip: request.ip, method: request.method }, { status })
}

export const listen = (port) => createServer(toNodeHandler(fetch)).listen(port, '127.0.0.1')
