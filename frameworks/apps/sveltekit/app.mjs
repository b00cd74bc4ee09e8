import polka from 'polka'
import { handler } from './build/handler.js'

export const app = polka().use(handler)
export const listen = (port) => app.listen(port, '127.0.0.1').server
