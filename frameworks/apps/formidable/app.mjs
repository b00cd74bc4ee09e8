import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import formidable from 'formidable'

export const app = createServer(async (req, res) => {
  try {
    const [fields, files] = await formidable({ multiples: true, maxFileSize: 100_000 }).parse(req)
    const found = await Promise.all(Object.values(files).flat().map(described))
    res.setHeader('content-type', 'application/json').end(JSON.stringify({ fields, found }))
  } catch (error) {
    res.writeHead(error.httpCode ?? 500).end(`${error.code} ${error.message}`)
  }
})
export const listen = (port) => app.listen(port, '127.0.0.1')

async function described({ originalFilename, mimetype, size, filepath }) {
  return { originalFilename, mimetype, size, last: (await readFile(filepath)).at(-1) }
}
