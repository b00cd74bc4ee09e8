import { bytes } from '../../harness/basics.mjs'
import { multipart } from '../../harness/visitor.mjs'

const query = 'mutation ($files: [Upload!]!) { upload(files: $files) }'
const file = (name, length) => ({
  name,
  filename: `${name}.bin`,
  type: 'image/png',
  value: bytes(length),
})

export default {
  name: 'graphql-upload',
  covers: 'two files as multipart, one too large, one too many',
  packages: ['graphql-upload', 'graphql', 'koa'],
  async visit({ ask }) {
    const upload = (status, ...files) => {
      const paths = files.map(({ name }, index) => [name, [`variables.files.${index}`]])
      const variables = { files: files.map(() => null) }
      const fields = [
        { name: 'operations', value: JSON.stringify({ query, variables }) },
        { name: 'map', value: JSON.stringify(Object.fromEntries(paths)) },
      ]
      return ask(status, 'POST /', multipart([...fields, ...files]))
    }
    await upload(200, file('a', 70_000), file('b', 10))
    await upload(413, file('a', 150_000))
    await upload(413, file('a', 1), file('b', 1), file('c', 1))
    await ask(400, 'POST /', multipart([{ name: 'operations', value: '{' }]))
  },
}
