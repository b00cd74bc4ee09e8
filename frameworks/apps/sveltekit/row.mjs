import { bytes } from '../../harness/basics.mjs'

export default {
  name: 'SvelteKit',
  covers:
    'rendered pages, loads, form actions, endpoints, cookies, redirects, errors, files with ranges',
  packages: ['@sveltejs/kit', '@sveltejs/adapter-node', 'svelte', 'polka'],
  build: 'vite build',
  masks: [[/__sveltekit_\w+/g, '__sveltekit_<id>']],
  async visit({ ask }) {
    const headers = { origin: 'http://app.example' }
    await ask(200, 'GET /')
    await ask(200, 'GET /hello/J%C3%BCrgen?city=K%C3%B6ln', { headers: { cookie: 'a=1' } })
    await ask(200, 'HEAD /hello/Ada')
    await ask(200, 'GET /hello/Ada/__data.json')
    await ask(200, 'POST /hello/Ada', { headers, form: { city: 'Köln' } })
    await ask(403, 'POST /hello/Ada', { form: { city: 'Köln' } })
    await ask(201, 'POST /echo', { headers, body: bytes(70_000) })
    await ask(200, 'PUT /echo', { headers, body: bytes(70_000) })
    await ask(303, 'GET /leave')
    await ask(404, 'GET /hello/nobody')
    await ask(500, 'GET /hello/fail')
    await ask(404, 'GET /missing')
    await ask(206, 'GET /letters.txt', { headers: { range: 'bytes=3-9' } })
  },
}
