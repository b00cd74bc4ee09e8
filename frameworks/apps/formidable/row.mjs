import { bytes } from '../../harness/basics.mjs'
import { multipart } from '../../harness/visitor.mjs'

const file = (length) => ({
  name: 'file',
  filename: 'ä.png',
  type: 'image/png',
  value: bytes(length),
})

export default {
  name: 'Formidable',
  covers: 'files, fields, forms, JSON, a file too large, a body cut off',
  packages: ['formidable'],
  // It counts what came with the packet that was too much.
  masks: [[/received \d+ bytes/g, 'received <number> bytes']],
  async visit({ ask }) {
    await ask(200, 'POST /', multipart([{ name: 'title', value: 'Köln' }, file(70_000), file(1)]))
    await ask(200, 'POST /', { form: { name: 'Ada', city: 'Köln' } })
    await ask(200, 'POST /', { json: { name: 'Ada' } })
    await ask(413, 'POST /', multipart([file(150_000)]))
    const { headers, body } = multipart([file(1000)])
    await ask(400, 'POST /', { headers, body: body.subarray(0, 600) })
    await ask(200, 'GET /')
  },
}
