import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import express from 'express'
import { z } from 'zod'

export const app = express()
export const listen = (port) => app.listen(port, '127.0.0.1')

app.post('/mcp', express.json(), async (req, res) => {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined })
  res.on('close', () => transport.close())
  await createServer().connect(transport)
  await transport.handleRequest(req, res, req.body)
})

function createServer() {
  const server = new McpServer({ name: 'things', version: '1.0.0' })
  const inputSchema = { a: z.number(), b: z.number() }
  server.registerTool('sum', { description: 'adds', inputSchema }, async ({ a, b }) => ({
    content: [{ type: 'text', text: String(a + b) }],
  }))
  return server
}
