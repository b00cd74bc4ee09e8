import request from 'supertest'
import { expect, it } from 'vitest'
import { type Serve, served } from './serve.ts'

const credentials = { name: 'ada', password: 'engine' }

/** The Set-Cookie lines of a response, in no particular order; supertest types them as one. */
function cookieLines(response: request.Response): string[] {
  return [response.headers['set-cookie'] ?? []].flat().sort()
}

export function accountCases(serve: Serve): void {
  it('signs in with two cookies', async () => {
    const response = await request(await served(serve))
      .post('/api/login')
      .send(credentials)
    expect(response.body).toEqual({ name: 'ada' })
    expect(cookieLines(response)).toEqual([
      expect.stringMatching(/^session.sig=[\w-]{27}; path=\/; samesite=lax; httponly$/),
      expect.stringMatching(/^session=[\w=]+; path=\/; samesite=lax; httponly$/),
    ])
  })

  it('signs in by a form', async () => {
    const response = await request(await served(serve))
      .post('/api/login')
      .type('form')
      .send(credentials)
    expect(response.status).toBe(200)
    expect(cookieLines(response)).toHaveLength(2)
  })

  it('knows who signed in', async () => {
    const client = request.agent(await served(serve))
    await client.post('/api/login').send(credentials)
    const response = await client.get('/api/me')
    expect(response.status).toBe(200)
    expect(response.body).toEqual({ name: 'ada' })
  })

  it('asks a stranger to sign in', async () => {
    const response = await request(await served(serve)).get('/api/me')
    expect(response.status).toBe(401)
    expect(response.text).toBe('Not signed in')
  })

  it('refuses a wrong password', async () => {
    const wrong = { name: 'ada', password: 'steam' }
    const response = await request(await served(serve))
      .post('/api/login')
      .send(wrong)
    expect(response.status).toBe(401)
    expect(cookieLines(response)).toEqual([])
  })

  it('ignores a session whose signature is missing', async () => {
    const server = await served(serve)
    const [, session = ''] = cookieLines(await request(server).post('/api/login').send(credentials))
    const response = await request(server)
      .get('/api/me')
      .set('Cookie', session.split(';')[0] ?? '')
    expect(response.status).toBe(401)
  })

  it('signs out', async () => {
    const client = request.agent(await served(serve))
    await client.post('/api/login').send(credentials)
    const response = await client.post('/api/logout')
    expect(response.status).toBe(204)
    expect(response.text).toBe('')
    expect(cookieLines(response)).toHaveLength(2)
    expect((await client.get('/api/me')).status).toBe(401)
  })
}
