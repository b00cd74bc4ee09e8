import { describe, expect, it } from 'vitest'
import { logFor, parse, responseFor } from '../shared/load-balancer.ts'

describe('the error page', () => {
  it('for 502 has the 122 bytes seen on real load balancers', async () => {
    expect(await responseFor(null)).toEqual({
      statusLine: 'HTTP/1.1 502 Bad Gateway',
      lines: [
        'Server: awselb/2.0',
        'Content-Type: text/html',
        'Content-Length: 122',
        'Connection: close',
      ],
      body: '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n',
    })
  })

  it('for 503 has the 162 bytes seen on real load balancers', async () => {
    const { received } = await logFor({ target: null })
    expect(parse(received)).toMatchObject({
      statusLine: 'HTTP/1.1 503 Service Temporarily Unavailable',
      lines: expect.arrayContaining(['Content-Length: 162']),
    })
  })

  it('keeps its length and loses its body for HEAD', async () => {
    const { lines, body } = await responseFor(null, {}, 'HEAD')
    expect(lines).toContain('Content-Length: 122')
    expect(body).toBe('')
  })
})
