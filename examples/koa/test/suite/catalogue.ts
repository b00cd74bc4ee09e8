import request from 'supertest'
import { expect, it } from 'vitest'
import { type Serve, served } from './serve.ts'

const catalogue = [
  { id: 1, name: 'Hex nut M8', stock: 1200 },
  { id: 2, name: 'Washer 8.4 mm', stock: 860 },
  { id: 3, name: 'Feder für Türgriff', stock: 14 },
]

export function catalogueCases(serve: Serve): void {
  it('lists the parts as JSON', async () => {
    const response = await request(await served(serve)).get('/api/parts')
    expect(response.status).toBe(200)
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(response.headers['content-length']).toBe('137')
    expect(response.headers.etag).toBe('W/"nmnZYv4FaFCSQvT4"')
    expect(response.body).toEqual(catalogue)
  })

  it('answers 304 when the list has not changed', async () => {
    const response = await request(await served(serve))
      .get('/api/parts')
      .set('If-None-Match', 'W/"nmnZYv4FaFCSQvT4"')
    expect(response.status).toBe(304)
    expect(response.headers.etag).toBe('W/"nmnZYv4FaFCSQvT4"')
    expect(response.headers).not.toHaveProperty('content-type')
    expect(response.text).toBe('')
  })

  it('answers 200 when the list has changed', async () => {
    const server = await served(serve)
    await request(server).post('/api/parts').send({ name: 'Split pin' })
    const response = await request(server)
      .get('/api/parts')
      .set('If-None-Match', 'W/"nmnZYv4FaFCSQvT4"')
    expect(response.status).toBe(200)
    expect(response.body).toHaveLength(4)
  })

  it('answers HEAD with the length of the list', async () => {
    const response = await request(await served(serve)).head('/api/parts')
    expect(response.status).toBe(200)
    expect(response.headers['content-length']).toBe('137')
    expect(response.text).toBeUndefined()
  })

  it.each([
    ['f%C3%BCr', 3],
    ['hex+nut', 1],
    ['8.4%20mm', 2],
  ])('searches for %s', async (query, id) => {
    const response = await request(await served(serve)).get(`/api/parts?q=${query}`)
    expect(response.body).toEqual([catalogue[id - 1]])
  })

  it('gives one part', async () => {
    const response = await request(await served(serve)).get('/api/parts/3')
    expect(response.text).toBe('{"id":3,"name":"Feder für Türgriff","stock":14}')
  })

  it('answers 404 for a part that does not exist', async () => {
    const response = await request(await served(serve)).get('/api/parts/99')
    expect(response.status).toBe(404)
    expect(response.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(response.text).toBe('There is no such part')
  })

  it('stores a part sent as JSON', async () => {
    const server = await served(serve)
    const response = await request(server)
      .post('/api/parts')
      .send({ name: 'Zahnrad Ø 7', stock: 5 })
    expect(response.status).toBe(201)
    expect(response.headers.location).toBe('/api/parts/4')
    const stored = await request(server).get('/api/parts/4')
    expect(stored.body).toEqual({ id: 4, name: 'Zahnrad Ø 7', stock: 5 })
  })

  it('stores a part sent as a form', async () => {
    const response = await request(await served(serve))
      .post('/api/parts')
      .type('form')
      .send('name=R%26D+rivet&stock=40')
    expect(response.status).toBe(201)
    expect(response.body).toEqual({ id: 4, name: 'R&D rivet', stock: 40 })
  })

  it('refuses a part without a name', async () => {
    const response = await request(await served(serve))
      .post('/api/parts')
      .send({ stock: 5 })
    expect(response.status).toBe(422)
    expect(response.text).toBe('A part needs a name and a whole number in stock')
  })

  it('refuses broken JSON', async () => {
    const response = await request(await served(serve))
      .post('/api/parts')
      .type('json')
      .send('{"name":')
    expect(response.status).toBe(400)
  })

  it('names the allowed methods when it answers 405', async () => {
    const response = await request(await served(serve)).delete('/api/parts')
    expect(response.status).toBe(405)
    expect(response.headers.allow).toBe('HEAD, GET, POST')
    expect(response.text).toBe('Method Not Allowed')
  })

  it('names the allowed methods to OPTIONS', async () => {
    const response = await request(await served(serve)).options('/api/parts/1')
    expect(response.status).toBe(200)
    expect(response.headers.allow).toBe('HEAD, GET')
  })

  it('redirects the old address', async () => {
    const response = await request(await served(serve))
      .get('/catalogue')
      .redirects(0)
    expect(response.status).toBe(302)
    expect(response.headers.location).toBe('/api/parts')
  })
}
