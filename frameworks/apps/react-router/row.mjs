import { bytes } from '../../harness/basics.mjs'

export default {
  name: 'React Router',
  covers: 'rendered pages, deferred data, loaders, actions, resource routes, redirects, errors',
  packages: ['react-router', '@react-router/express', 'react', 'express'],
  build: 'react-router build',
  async visit({ ask }) {
    await ask(200, 'GET /')
    await ask(200, 'GET /hello/J%C3%BCrgen?city=K%C3%B6ln')
    await ask(200, 'HEAD /hello/Ada')
    await ask(200, 'GET /hello/Ada.data')
    await ask(200, 'POST /hello/Ada', { form: { city: 'Köln' } })
    await ask(201, 'POST /echo', { body: bytes(70_000) })
    await ask(302, 'GET /leave')
    await ask(404, 'GET /hello/nobody')
    await ask(500, 'GET /hello/fail')
    await ask(404, 'GET /missing')
  },
}
