export { app } from '../apps/koa.js'
