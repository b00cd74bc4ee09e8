import Koa from 'koa'
import bodyParser from 'koa-bodyparser'
import Router from 'koa-router'
import { createApp } from '../../shared/koa.mjs'

export const app = createApp({ Koa, Router, bodyParser })
export const listen = (port) => app.listen(port, '127.0.0.1')
