import { bytes } from '../../harness/basics.mjs'
import { multipart } from '../../harness/visitor.mjs'

const file = (length) => ({
  name: 'file',
  filename: 'ä.png',
  type: 'image/png',
  value: bytes(length),
})

export default {
  name: 'Multer',
  covers: 'files in memory and on disk, fields, one file too large, one unexpected, a body cut off',
  packages: ['multer', 'express'],
  async visit({ ask }) {
    const title = { name: 'title', value: 'Köln' }
    await ask(200, 'POST /memory', multipart([title, file(70_000), file(0)]))
    await ask(200, 'POST /disk', multipart([title, file(70_000)]))
    await ask(200, 'POST /fields', multipart([title, { name: 'list[]', value: '1' }]))
    await ask(400, 'POST /memory', multipart([file(150_000)]))
    await ask(400, 'POST /fields', multipart([file(10)]))
    const { headers, body } = multipart([file(1000)])
    await ask(400, 'POST /memory', { headers, body: body.subarray(0, 600) })
  },
}
