export default {
  name: 'Elysia',
  covers: 'parameters, JSON and form bodies, cookies, an error, 404',
  packages: ['elysia', '@elysiajs/node', 'srvx'],
  async visit({ ask }) {
    await ask(200, 'GET /hello/Ada?city=K%C3%B6ln')
    await ask(200, 'POST /echo', { json: { name: 'Köln' } })
    await ask(200, 'POST /form', { form: { name: 'Köln' } })
    await ask(200, 'GET /cookies')
    await ask(500, 'GET /fail')
    await ask(404, 'GET /missing')
  },
}
