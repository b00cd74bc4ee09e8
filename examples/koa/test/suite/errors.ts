import request from 'supertest'
import { expect, it, vi } from 'vitest'
import { type Serve, served } from './serve.ts'

export function errorCases(serve: Serve): void {
  it('answers 404 where there is nothing', async () => {
    const response = await request(await served(serve)).get('/no/such/page')
    expect(response.status).toBe(404)
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(response.text).toBe('Not Found')
  })

  it('answers 500 without details when a route throws', async () => {
    const response = await request(await served(serve)).get('/api/broken')
    expect(response.status).toBe(500)
    expect(response.headers['content-length']).toBe('21')
    expect(response.text).toBe('Internal Server Error')
  })

  it('goes on after an error', async () => {
    const server = await served(serve)
    await request(server).get('/api/broken')
    expect((await request(server).get('/api/parts/1')).status).toBe(200)
  })

  it('logs a line per request', async () => {
    const lines: string[] = []
    const server = await served(serve, { log: (line) => lines.push(line) })
    await request(server).get('/api/parts?q=nut')
    await request(server).get('/nothing%20here')
    await vi.waitFor(() =>
      expect(lines.join('\n')).toMatch(
        /^GET \/api\/parts\?q=nut 200 \d+ms\nGET \/nothing%20here 404 \d+ms$/m,
      ),
    )
  })

  it('logs no stack for what the client did wrong', async () => {
    const lines: string[] = []
    const server = await served(serve, { log: (line) => lines.push(line) })
    expect((await request(server).get('/api/parts/9999')).status).toBe(404)
    await vi.waitFor(() => expect(lines.at(-1)).toMatch(/^GET \/api\/parts\/9999 404 \d+ms$/))
    expect(lines.filter((line) => /^(?:Error| +at )/.test(line))).toEqual([])
  })

  it('logs an unexpected error with its stack', async () => {
    const lines: string[] = []
    const server = await served(serve, { log: (line) => lines.push(line) })
    await request(server).get('/api/broken')
    await vi.waitFor(() =>
      expect(lines.join('\n')).toMatch(
        /^Error: the drawer is jammed\n(?: {4}at .+\n)+GET \/api\/broken 500 \d+ms$/m,
      ),
    )
  })
}
