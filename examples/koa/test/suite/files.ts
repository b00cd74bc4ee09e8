import request from 'supertest'
import { expect, it } from 'vitest'
import { type Serve, served } from './serve.ts'

const everyByte = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256))

export function fileCases(serve: Serve): void {
  it('gives back the bytes that were uploaded', async () => {
    const server = await served(serve)
    const upload = await request(server).post('/api/files').attach('file', everyByte, 'scan.bin')
    expect(upload.status).toBe(201)
    expect(upload.body).toMatchObject({
      name: 'scan.bin',
      type: 'application/octet-stream',
      size: 300_000,
    })
    const download = await request(server)
      .get(upload.headers.location ?? '')
      .set('Accept-Encoding', 'identity')
      .responseType('blob')
    expect(download.status).toBe(200)
    expect(download.headers['content-length']).toBe('300000')
    expect(download.body.equals(everyByte)).toBe(true)
  })

  it('keeps the type and a name that is not ASCII', async () => {
    const server = await served(serve)
    const options = { filename: 'Maß-Übersicht.png', contentType: 'image/png' }
    const upload = await request(server).post('/api/files').attach('file', everyByte, options)
    expect(upload.body).toMatchObject({ name: 'Maß-Übersicht.png', type: 'image/png' })
    const download = await request(server).get(upload.headers.location ?? '')
    expect(download.headers['content-type']).toBe('image/png')
    expect(download.headers['content-disposition']).toBe(
      'attachment; filename="Ma_-_bersicht.png"; filename*=UTF-8\'\'Ma%C3%9F-%C3%9Cbersicht.png',
    )
  })

  it('keeps text that is not UTF-8', async () => {
    const server = await served(serve)
    const latin1 = Buffer.from('Türgriff', 'latin1')
    const upload = await request(server).post('/api/files').attach('file', latin1, 'note.txt')
    const download = await request(server)
      .get(upload.headers.location ?? '')
      .responseType('blob')
    expect(download.headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(download.body).toEqual(latin1)
  })

  it('keeps an empty file', async () => {
    const server = await served(serve)
    const upload = await request(server)
      .post('/api/files')
      .attach('file', Buffer.alloc(0), 'empty.bin')
    expect(upload.body).toMatchObject({ size: 0 })
    const download = await request(server)
      .get(upload.headers.location ?? '')
      .responseType('blob')
    expect(download.status).toBe(200)
    expect(download.body).toEqual(Buffer.alloc(0))
  })

  it('refuses a file of more than 512 KiB', async () => {
    const tooLarge = Buffer.alloc(512 * 1024 + 1)
    const response = await request(await served(serve))
      .post('/api/files')
      .attach('file', tooLarge, 'big.bin')
    expect(response.status).toBe(413)
    expect(response.text).toBe('Files may take 512 KiB')
  })

  it('refuses an upload without a file', async () => {
    const response = await request(await served(serve))
      .post('/api/files')
      .field('note', 'nothing')
    expect(response.status).toBe(400)
    expect(response.text).toBe('Send the file in the multipart field "file"')
  })

  it('refuses an upload that breaks off', async () => {
    const response = await request(await served(serve))
      .post('/api/files')
      .set('Content-Type', 'multipart/form-data; boundary=x')
      .send('--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc')
    expect(response.status).toBe(400)
    expect(response.text).toBe('Broken upload')
  })

  it('answers 404 for a file that does not exist', async () => {
    const response = await request(await served(serve)).get('/api/files/none')
    expect(response.status).toBe(404)
    expect(response.text).toBe('There is no such file')
  })
}
