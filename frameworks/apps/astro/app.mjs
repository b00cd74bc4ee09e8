import express from 'express'
import { handler } from './dist/server/entry.mjs'

export const app = express()
export const listen = (port) => app.listen(port, '127.0.0.1')

app.use(express.static(new URL('dist/client', import.meta.url).pathname))
app.use(handler)
