import { readFileSync } from 'node:fs'
import request from 'supertest'
import { expect, it } from 'vitest'
import { type Serve, served } from './serve.ts'

function bytesOf(name: string): Buffer {
  return readFileSync(new URL(`../../public/${name}`, import.meta.url))
}

export function pageCases(serve: Serve): void {
  it.each([
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/style.css', 'style.css', 'text/css; charset=utf-8'],
    ['/page.js', 'page.js', 'text/javascript; charset=utf-8'],
    ['/logo.png', 'logo.png', 'image/png'],
    ['/parts-desk.woff2', 'parts-desk.woff2', 'font/woff2'],
  ])('serves %s with the bytes of %s', async (path, name, type) => {
    const response = await request(await served(serve))
      .get(path)
      .responseType('blob')
    expect(response.status).toBe(200)
    expect(response.headers['content-type']).toBe(type)
    expect(response.body).toEqual(bytesOf(name))
  })

  it('says how long an image is', async () => {
    const response = await request(await served(serve)).get('/logo.png')
    expect(response.headers['content-length']).toBe('1923')
  })

  it('answers HEAD with the headers of GET and no body', async () => {
    const response = await request(await served(serve)).head('/parts-desk.woff2')
    expect(response.status).toBe(200)
    expect(response.headers['content-type']).toBe('font/woff2')
    expect(response.headers['content-length']).toBe('920')
    expect(response.text).toBeUndefined()
  })

  it('answers 304 to a client that has the image', async () => {
    const server = await served(serve)
    const { headers } = await request(server).get('/logo.png')
    const since = headers['last-modified'] ?? ''
    const response = await request(server).get('/logo.png').set('If-Modified-Since', since)
    expect(response.status).toBe(304)
    expect(response.headers).not.toHaveProperty('content-type')
    expect(response.headers['last-modified']).toBe(since)
    expect(response.text).toBe('')
  })

  it('compresses the page and keeps its bytes', async () => {
    const response = await request(await served(serve))
      .get('/')
      .set('Accept-Encoding', 'gzip')
    expect(response.headers['content-encoding']).toBe('gzip')
    expect(response.headers.vary).toBe('Accept-Encoding')
    expect(response.text).toBe(bytesOf('index.html').toString())
  })

  it('leaves the font as it is: it is compressed already', async () => {
    const response = await request(await served(serve))
      .get('/parts-desk.woff2')
      .set('Accept-Encoding', 'gzip, br')
      .responseType('blob')
    expect(response.headers).not.toHaveProperty('content-encoding')
    expect(response.body).toEqual(bytesOf('parts-desk.woff2'))
  })
}
