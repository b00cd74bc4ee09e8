import express from 'express'
import { answerTo } from '../answers.mjs'

export const app = express()
export const listen = (port) => app.listen(port, '127.0.0.1')

app.use(express.text({ type: 'application/json' }))
for (const path of ['/hello/:name', '/echo', '/fail', '/ask']) {
  app.all(path, async (req, res) => {
    const [status, body] = await answerTo(req.originalUrl, req.body)
    res.status(status).json(body)
  })
}
app.get('/throw', () => {
  throw new Error('thrown on purpose')
})
