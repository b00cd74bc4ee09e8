import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LambdaHandler } from '../../src/index.ts'
import { endpoint } from '../shared/endpoint.ts'
import { folderWith } from '../shared/folder.ts'
import { chromiumOfBlock, executablePath } from './browser.ts'
import { inspected } from './inspected.ts'

const hello: LambdaHandler = () => ({ statusCode: 200, body: 'hello' })

// What a page does, in the order of the HAR.
const script = `(async () => {
  const headers = { 'content-type': 'application/json', 'x-sent': 'yes' }
  await fetch('/json?a=1&a=%20', { method: 'PUT', headers, body: '{"a":"ä"}' })
  await fetch('/form', { method: 'POST', body: new URLSearchParams({ a: 'b c', 'ä&': '=' }) })
  const parts = new FormData()
  parts.append('field', 'ä')
  await fetch('/parts', { method: 'POST', body: parts })
  parts.append('file', new Blob(['text'], { type: 'text/plain' }), 'a.txt')
  await fetch('/file', { method: 'POST', body: parts })
})()`

describe.skipIf(executablePath === '')('a HAR that Chromium recorded', () => {
  const browser = chromiumOfBlock()

  it('is sent again with its lines and bodies', async () => {
    const site = await endpoint((_, response) => response.end('<title>site</title>'))
    const path = join(await folderWith({}), 'recorded.har')
    const context = await browser().newContext({ recordHar: { path, content: 'embed' } })
    const page = await context.newPage()
    await page.goto(`${site}/`)
    await page.evaluate(script)
    await context.close()

    const { post, recorder } = await inspected(hello)
    const { json } = await post('/har', JSON.parse(await readFile(path, 'utf8')))
    // Chromium does not write the files of a form.
    expect(json.notSent).toMatchObject([{ problem: 'its body is not in the HAR' }])
    const sent = recorder.exchanges().map(({ request }) => ({
      line: `${request.method} ${request.target}`,
      lines: Object.fromEntries(request.lines.map(([name, value]) => [name.toLowerCase(), value])),
      body: request.body?.bytes.toString() ?? '',
    }))
    const host = new URL(site).host
    const find = (line: string) => sent.find((each) => each.line === line)
    expect(find('GET /')).toMatchObject({ lines: { host }, body: '' })
    expect(find('PUT /json?a=1&a=%20')).toMatchObject({
      lines: { host, 'content-type': 'application/json', 'x-sent': 'yes' },
      body: '{"a":"ä"}',
    })
    expect(find('POST /form')).toMatchObject({ body: 'a=b+c&%C3%A4%26=%3D' })
    const [, boundary] =
      /boundary=(.*)/.exec(find('POST /parts')?.lines['content-type'] ?? '') ?? []
    expect(find('POST /parts')?.body.replaceAll(`${boundary}`, 'x')).toBe(
      '--x\r\nContent-Disposition: form-data; name="field"\r\n\r\nä\r\n--x--\r\n',
    )
  })
})
