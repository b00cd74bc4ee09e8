export default {
  name: 'NestJS on Fastify',
  covers: 'parameters, JSON and form bodies, HEAD, an error, 404',
  packages: ['@nestjs/core', '@nestjs/platform-fastify'],
  async visit({ ask }) {
    await ask(200, 'GET /hello/J%C3%BCrgen?x=1')
    await ask(200, 'HEAD /hello/Ada')
    await ask(200, 'POST /echo', { json: { name: 'Köln' } })
    await ask(200, 'POST /form', { form: { name: 'Köln' } })
    await ask(400, 'POST /echo', { body: '{', headers: { 'content-type': 'application/json' } })
    await ask(500, 'GET /fail')
    await ask(404, 'GET /missing')
  },
}
