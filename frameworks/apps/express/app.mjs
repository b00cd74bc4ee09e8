import express from 'express'
import { createApp } from '../../shared/express.mjs'

export const app = createApp(express)
export const listen = (port) => app.listen(port, '127.0.0.1')
