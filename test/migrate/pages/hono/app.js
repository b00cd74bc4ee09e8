export { app } from '../apps/hono.js'
