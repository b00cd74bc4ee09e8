import { once } from 'node:events'
import { io } from 'socket.io-client'
import { bytes } from '../../harness/basics.mjs'

export default {
  name: 'Socket.IO, polling',
  covers:
    'its own client: connecting, events both ways, acknowledgements, bytes; the app beside it',
  packages: ['socket.io', 'socket.io-client'],
  masks: [[/"(sid)":"[-\w]+"/g, '"$1":"<id>"']],
  async visit({ ask, note, port }) {
    await ask(200, 'GET /beside')
    await ask(200, 'GET /socket.io/?EIO=4&transport=polling', {
      headers: { origin: 'https://site.example' },
    })
    await ask(400, 'GET /socket.io/?EIO=4&sid=unknown&transport=polling')
    const socket = io(`http://127.0.0.1:${port}`, {
      transports: ['polling'],
      query: { name: 'Ada' },
      reconnection: false,
    })
    try {
      note('welcome', await once(socket, 'welcome'))
      note('sum', await socket.timeout(10_000).emitWithAck('sum', 2, 3))
      const reversed = await socket.timeout(10_000).emitWithAck('bytes', bytes(50_000))
      note('bytes', Buffer.from(reversed).toString('base64'))
    } finally {
      socket.disconnect()
    }
  },
}
