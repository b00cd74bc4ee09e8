export default {
  name: 'Feathers',
  covers: 'a service: find, get, create, patch, remove, errors',
  packages: ['@feathersjs/feathers', '@feathersjs/koa'],
  masks: [[/"stack":"[^"]*"/g, '"stack":"<stack>"']],
  async visit({ ask }) {
    await ask(200, 'GET /things?city=K%C3%B6ln')
    await ask(200, 'GET /things/7')
    await ask(404, 'GET /things/none')
    await ask(201, 'POST /things', { json: { name: 'Köln' } })
    await ask(200, 'PATCH /things/7', { json: { name: 'Köln' } })
    await ask(200, 'DELETE /things/7')
    await ask(405, 'PUT /things/7', { json: {} })
    await ask(404, 'GET /missing')
  },
}
