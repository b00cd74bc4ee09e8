import { createRequestHandler } from '@react-router/express'
import express from 'express'
import * as build from './build/server/index.js'

export const app = express()
export const listen = (port) => app.listen(port, '127.0.0.1')

app.use(express.static(new URL('build/client', import.meta.url).pathname))
app.use(createRequestHandler({ build }))
