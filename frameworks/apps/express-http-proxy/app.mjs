import express from 'express'
import proxy from 'express-http-proxy'
import { startUpstream } from '../../shared/upstream.mjs'

const upstream = await startUpstream()

export const app = express()
export const listen = (port) => app.listen(port, '127.0.0.1')
app.use('/', proxy(upstream))
app.use((error, _req, res, _next) => res.status(502).send(error.code))
