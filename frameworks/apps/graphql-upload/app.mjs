import { buffer } from 'node:stream/consumers'
import graphqlUploadKoa from 'graphql-upload/graphqlUploadKoa.mjs'
import Koa from 'koa'

export const app = new Koa()
export const listen = (port) => app.listen(port, '127.0.0.1')

app.silent = true
app.use(graphqlUploadKoa({ maxFileSize: 100_000, maxFiles: 2 }))
app.use(async (ctx) => {
  const { query, variables } = ctx.request.body
  const files = await Promise.all(variables.files.map((upload) => upload.promise))
  ctx.body = { query, files: await Promise.all(files.map(described)) }
})

async function described({ filename, mimetype, encoding, createReadStream }) {
  const bytes = await buffer(createReadStream())
  return { filename, mimetype, encoding, size: bytes.length, last: bytes.at(-1) }
}
