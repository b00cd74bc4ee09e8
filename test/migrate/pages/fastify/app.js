export { app } from '../apps/fastify.js'
