import compression from 'compression'
import cors from 'cors'
import express from 'express'
import helmet from 'helmet'
import serveStatic from 'serve-static'

const folder = new URL('../../shared/public', import.meta.url).pathname
export const app = express()
export const listen = (port) => app.listen(port, '127.0.0.1')

app.use(helmet(), cors({ origin: /\.example$/, credentials: true }))
app.use('/small', compression({ threshold: 0 }), serveStatic(folder))
app.use('/files', serveStatic(folder, { maxAge: '1d', immutable: true }))
app.get('/download', (_req, res) => res.download(`${folder}/letters.txt`, 'alphabet.txt'))
app.get('/stream', compression({ threshold: 0 }), (_req, res) => {
  res.type('text').write('first\n')
  res.flush()
  res.end('second\n')
})
