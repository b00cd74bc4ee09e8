import { revisit } from '../../harness/basics.mjs'

export default {
  name: 'Static files, compression, helmet, CORS',
  covers:
    'ranges of one and several parts, 304, 412, 416, gzip and brotli, a flushed stream, a download',
  packages: ['serve-static', 'compression', 'helmet', 'cors', 'express'],
  masks: [[/boundary=[\w-]+|--[\w-]{20,}/g, '<boundary>']],
  async visit({ ask }) {
    const range = (value) => ({ headers: { range: `bytes=${value}` } })
    await ask(200, 'GET /files/')
    await ask(301, 'GET /files')
    await ask(404, 'GET /files/none.txt')
    await ask(200, 'HEAD /files/letters.txt')
    await revisit(ask, '/files/letters.txt')
    await ask(206, 'GET /files/letters.txt', range('3-9'))
    await ask(206, 'GET /files/letters.txt', range('-5'))
    await ask(200, 'GET /files/letters.txt', range('0-1,5-6'))
    await ask(416, 'GET /files/letters.txt', range('99-'))
    await ask(412, 'GET /files/letters.txt', { headers: { 'if-match': '"other"' } })
    await ask(304, 'GET /files/letters.txt', {
      headers: { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' },
    })
    for (const encoding of ['gzip', 'br', 'deflate', 'identity']) {
      await ask(200, 'GET /small/long.txt', { headers: { 'accept-encoding': encoding } })
      await ask(200, 'GET /stream', { headers: { 'accept-encoding': encoding } })
    }
    await ask(206, 'GET /download', range('0-2'))
    const headers = { origin: 'https://site.example', 'access-control-request-method': 'PUT' }
    await ask(204, 'OPTIONS /download', { headers })
  },
}
