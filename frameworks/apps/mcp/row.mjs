import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'

export default {
  name: 'Model Context Protocol',
  covers:
    'its own client: connecting, the list of tools, calls; stateless, answered as an event stream',
  packages: ['@modelcontextprotocol/sdk', 'express'],
  async visit({ ask, note, port }) {
    const headers = { accept: 'application/json, text/event-stream' }
    const request = { jsonrpc: '2.0', id: 1, method: 'tools/list' }
    await ask(200, 'POST /mcp', { headers, json: request })
    await ask(406, 'POST /mcp', { json: request })
    const client = new Client({ name: 'visitor', version: '1.0.0' })
    await client.connect(new StreamableHTTPClientTransport(new URL(`http://127.0.0.1:${port}/mcp`)))
    note('tools', await client.listTools())
    note('sum', await client.callTool({ name: 'sum', arguments: { a: 2, b: 3 } }))
    await client.close()
  },
}
