export default {
  name: 'routing-controllers',
  covers: 'parameters, JSON bodies, an error, 404',
  packages: ['routing-controllers', 'express'],
  async visit({ ask }) {
    await ask(200, 'GET /hello/Ada?city=K%C3%B6ln')
    await ask(200, 'POST /echo', { json: { name: 'Köln' } })
    await ask(403, 'GET /fail')
    await ask(404, 'GET /missing')
  },
}
