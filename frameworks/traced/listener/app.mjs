import { answerTo } from '../answers.mjs'

// It imports no http: in Lambda the adapter alone does.
export const app = async (req, res) => {
  const chunks = []
  for await (const chunk of req) chunks.push(chunk)
  const [status, body] = await answerTo(req.url, Buffer.concat(chunks).toString())
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

export async function listen(port) {
  const { createServer } = await import('node:http')
  return createServer(app).listen(port, '127.0.0.1')
}
