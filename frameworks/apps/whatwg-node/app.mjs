import { createServer } from 'node:http'
import { createServerAdapter } from '@whatwg-node/server'
import { AutoRouter, error, json, status } from 'itty-router'
import { picture } from '../../shared/content.mjs'

const router = AutoRouter()
router.get('/hello/:name', ({ params, query, url }) => ({ ...params, query, url }))
router.post('/echo', async (request) => json(await request.json()))
router.post('/form', async (request) => json(Object.fromEntries(await request.formData())))
router.put('/bytes', async (request) => new Response(await request.arrayBuffer()))
router.get(
  '/cookies',
  () =>
    new Response('set', {
      headers: [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
    }),
)
router.get('/image', () => new Response(picture, { headers: { 'content-type': 'image/png' } }))
router.get('/empty', () => status(204))
router.get('/fail', () => error(500, 'on purpose'))

export const app = createServerAdapter(router.fetch)
export const listen = (port) => createServer(app).listen(port, '127.0.0.1')
