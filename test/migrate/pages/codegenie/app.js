export { app } from '../apps/express.js'
