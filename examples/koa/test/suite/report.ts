import request from 'supertest'
import { expect, it } from 'vitest'
import { type Serve, served } from './serve.ts'

export function reportCases(serve: Serve): void {
  it('streams the report as CSV', async () => {
    const response = await request(await served(serve)).get('/api/report.csv?days=2')
    expect(response.status).toBe(200)
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(response.headers['content-disposition']).toBe(
      'attachment; filename="stock movements.csv"',
    )
    expect(response.text).toBe(
      'date;part;in;out\r\n' +
        '2026-01-01;Hex nut M8;0;0\r\n' +
        '2026-01-01;Feder für Türgriff;0;0\r\n' +
        '2026-01-02;Hex nut M8;37;53\r\n' +
        '2026-01-02;Feder für Türgriff;4;5\r\n',
    )
  })

  it.each(['gzip', 'deflate', 'br'])('compresses a long report with %s', async (encoding) => {
    const response = await request(await served(serve))
      .get('/api/report.csv?days=3650')
      .set('Accept-Encoding', encoding)
      .responseType('blob')
    expect(response.headers['content-encoding']).toBe(encoding)
    const lines = response.body.toString().split('\r\n')
    expect(lines).toHaveLength(7302)
    expect(lines[7300]).toBe('2035-12-29;Feder für Türgriff;1;5')
  })

  it('refuses a number of days that is none', async () => {
    const response = await request(await served(serve)).get('/api/report.csv?days=-1')
    expect(response.status).toBe(400)
    expect(response.text).toBe('days: a whole number from 0 to 3650')
  })

  it('answers HEAD without streaming', async () => {
    const response = await request(await served(serve)).head('/api/report.csv')
    expect(response.status).toBe(200)
    expect(response.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(response.text).toBeUndefined()
  })
}
