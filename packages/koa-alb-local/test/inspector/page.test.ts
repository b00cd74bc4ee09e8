import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { endpoint } from '../shared/endpoint.ts'
import { choose, executablePath, inBrowser, toHaveText } from './browser.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

const source = `
export const handler = async ({ path, httpMethod, headers, body, isBase64Encoded }) => {
  console.log('asked for', path)
  if (path === '/boom') throw Object.assign(new Error('db down'), { code: 'E_DB' })
  if (path === '/evil') {
    for (let line = 0; line < 10_000; line += 1) console.log('<b>of line', line, '</b>')
    const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    return { statusCode: 200, headers: { 'content-type': 'text/html', 'x-evil': markup }, body: markup.repeat(50) }
  }
  const answer = { httpMethod, path, x: headers?.['x-sent'], body, isBase64Encoded }
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'set-cookie': 'session=of-the-server' },
    body: JSON.stringify(answer),
  }
}
`

describe.skipIf(executablePath === '')('in a browser, the page', () => {
  const opened = inBrowser(source)
  const ask = (url: string, path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${url}${path}`, { headers: { authorization: 'Bearer of-the-client' }, ...init })

  it('lists exchanges as they come, and takes the token out of the address', async () => {
    const { page, url, problems } = await opened()
    await ask(url, '/first')
    await page.locator('.row', { hasText: '/first' }).waitFor()
    await ask(url, '/second')
    await page.locator('.row', { hasText: '/second' }).waitFor()
    await expect
      .poll(() => page.locator('.row .target').allTextContents())
      .toEqual(['/second', '/first'])
    expect(page.url()).not.toContain('token')
    expect(problems).toEqual([])
  })

  it('filters, and holds the list while it is paused', async () => {
    const { page, url } = await opened()
    await ask(url, '/one')
    await ask(url, '/boom')
    await page.locator('.row').nth(1).waitFor()
    await page.getByLabel('Status').selectOption('5')
    await expect.poll(() => page.locator('.row .target').allTextContents()).toEqual(['/boom'])
    await page.getByLabel('Status').selectOption('')
    await page.getByLabel('changed or refused only').check()
    await expect.poll(() => page.locator('.row .target').allTextContents()).toEqual(['/boom'])
    await page.getByLabel('changed or refused only').uncheck()
    await page.getByRole('button', { name: 'Pause' }).click()
    await ask(url, '/late')
    await page.getByRole('button', { name: 'Go on (1)' }).waitFor()
    await expect.poll(() => page.locator('.row').count()).toBe(2)
    await page.getByRole('button', { name: 'Go on (1)' }).click()
    await page.locator('.row', { hasText: '/late' }).waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('one')
    await expect.poll(() => page.locator('.row .target').allTextContents()).toEqual(['/one'])
  })

  it('says why first, with the error of the function and its log', async () => {
    const { page, url } = await opened()
    await ask(url, '/boom?a=1&a=2')
    await choose(page, '/boom')
    await toHaveText(page, '.why', 'db down')
    await toHaveText(page, '.why', 'E_DB')
    await toHaveText(page, '.why', 'of query key a only the last value arrives')
    await toHaveText(page, '.why', 'docs/alb-behaviour.md#repeated-query-keys')
    await toHaveText(page, '.detail', 'asked for /boom')
  })

  it('marks in place what was lost or changed, and leads to the reason', async () => {
    const { page, url, problems } = await opened()
    await ask(url, '/a?b=1&a=1&a=2', { headers: { 'x-empty': '' } })
    await choose(page, '/a')
    const request = page.locator('.card', { hasText: 'as the client sent it' })
    await request.locator('.start .gone', { hasText: 'a=1' }).getByText('lost').waitFor()
    await request.locator('.marked.gone', { hasText: 'x-empty' }).getByText('lost').waitFor()
    const event = page.locator('.card', { hasText: 'what the function got' })
    await event.getByText('the last of its values').click()
    await page.locator('#why-repeated-query-keys:target').waitFor()
    await event.getByText('added by the load balancer').first().waitFor()
    expect(problems).toEqual([])
  })

  it('shows a secret when it is asked for, and only that one', async () => {
    const { page, url } = await opened()
    await ask(url, '/a?token=of-the-query')
    await choose(page, '/a')
    expect(await page.content()).not.toMatch(/of-the-(client|server|query)/)
    await page.locator('.lines div', { hasText: 'authorization' }).getByRole('button').click()
    await page.getByText('Bearer of-the-client').waitFor()
    expect(await page.content()).not.toMatch(/of-the-(server|query)/)
  })

  it('replays, and sends what was edited in the other header mode', async () => {
    const { page, url } = await opened()
    await ask(url, '/a', { method: 'POST', body: 'before' })
    await choose(page, '/a')
    await page.keyboard.press('r')
    await page.getByRole('alert').filter({ hasText: 'answered with 200 OK' }).waitFor()
    await page.keyboard.press('e')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Path and query').fill('/edited')
    await dialog.getByLabel('Body').fill('after')
    await dialog.getByLabel('Header mode').selectOption('multi')
    await dialog.getByRole('button', { name: 'Send' }).click()
    await dialog.getByText('"after"').waitFor()
    await expect.poll(() => dialog.getByLabel('Path and query').inputValue()).toBe('/edited')
    await page.keyboard.press('Escape')
    await choose(page, '/edited')
    await toHaveText(page, '.facts', 'Multi-value headerson')
  })

  it('copies a command of curl and a test', async () => {
    const { page, url } = await opened()
    await ask(url, '/a')
    await choose(page, '/a')
    await page.keyboard.press('c')
    await page.getByRole('alert').filter({ hasText: 'what is secret is not in it' }).waitFor()
    const clipboard = (): Promise<string> => page.evaluate('navigator.clipboard.readText()')
    await expect.poll(clipboard).toMatch(/^curl .*'http:\/\/127\.0\.0\.1:\d+\/a'\n$/)
    await page.getByLabel('Copy as test').selectOption('node')
    await page.getByRole('alert').filter({ hasText: 'The test for node' }).waitFor()
    await expect.poll(clipboard).toContain("import test from 'node:test'")
  })

  it('saves an event and a HAR, and sends the requests of a HAR', async () => {
    const { page, url } = await opened()
    await ask(url, '/a')
    await choose(page, '/a')
    const saved = async (name: string): Promise<string> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('.detail').getByRole('button', { name }).click(),
      ])
      return (await download.path()) ?? ''
    }
    expect(JSON.parse(await readFile(await saved('Save event'), 'utf8'))).toMatchObject({
      httpMethod: 'GET',
      path: '/a',
    })
    const har = await saved('Export HAR')
    expect(JSON.parse(await readFile(har, 'utf8')).log.entries).toHaveLength(1)
    await page.locator('input[type=file]').setInputFiles({
      name: 'a.har',
      mimeType: 'application/json',
      buffer: await readFile(har),
    })
    await page.getByRole('alert').filter({ hasText: '1 requests were sent' }).waitFor()
    await page.locator('.row').nth(1).waitFor()
  })

  it('compares with the app itself', async () => {
    const there = await endpoint((_, response) => response.setHeader('X-There', '1').end('{}'))
    const { page, url } = await opened(['--compare', there])
    await ask(url, '/a')
    await choose(page, '/a')
    await page.getByRole('button', { name: 'Compare' }).click()
    const dialog = page.getByRole('dialog')
    await expect.poll(() => dialog.getByLabel('Where the app listens').inputValue()).toBe(there)
    await dialog.getByRole('button', { name: 'Send to both' }).click()
    await dialog.locator('tr.different', { hasText: 'x-there' }).waitFor()
    await dialog
      .locator('tr.documented', { hasText: 'server' })
      .filter({ hasText: 'a load balancer says who it is' })
      .waitFor()
    const here = dialog.locator('.card', { hasText: 'Behind the load balancer' })
    await here.locator('.marked.usual', { hasText: 'a load balancer says who it is' }).waitFor()
    await here.getByText('body differs').click()
    await dialog.locator('tr#why-part-body:target').waitFor()
  })

  it('keeps what was typed before it knows where the app listens', async () => {
    const { page, url } = await opened(['--compare', 'http://127.0.0.1:9'])
    let answer = (): void => {}
    const asked = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/api/load-balancer', async (route) => {
      await asked
      await route.continue()
    })
    await ask(url, '/a')
    await choose(page, '/a')
    await page.getByRole('button', { name: 'Compare' }).click()
    const field = page.getByLabel('Where the app listens')
    const typed = field.fill('http://127.0.0.1:1')
    answer()
    await typed
    await page.getByRole('button', { name: 'Send to both' }).click()
    await page.getByText('http://127.0.0.1:1 did not answer').waitFor()
    await expect.poll(() => field.inputValue()).toBe('http://127.0.0.1:1')
  })

  it('shows markup as text', async () => {
    const { page, url, problems } = await opened()
    await ask(url, '/evil?<script>document.title=3</script>')
    await choose(page, '/evil')
    await toHaveText(page, '.detail', '<script>document.title=2</script>')
    await toHaveText(page, '.detail', '<b>of line 10 </b>')
    await toHaveText(page, '.detail', 'The rest of it is not kept.')
    await expect.poll(() => page.title()).toBe('koa-alb-local inspector')
    await expect.poll(() => page.locator('.detail img, .detail pre b').count()).toBe(0)
    expect(problems).toEqual([])
  })

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 380],
    ['dark', 380],
  ] as const)('has no fault of accessibility, %s and %i wide', async (colorScheme, width) => {
    // Axe is no script of the page.
    const viewport = { width, height: 800 }
    const { page, url } = await opened([], { colorScheme, viewport, bypassCSP: true })
    await ask(url, '/a?a=1&a=2')
    await ask(url, '/boom')
    await page.locator('.row').nth(1).waitFor()
    const faults = async (): Promise<unknown> => {
      await page.addScriptTag({ path: axe })
      return page.evaluate(`axe.run().then(({ violations }) => violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => id + ' ' + nodes[0].html))`)
    }
    expect(await faults()).toEqual([])
    await choose(page, '/boom')
    expect(await faults()).toEqual([])
    await page.keyboard.press('Escape')
    await choose(page, '/a?')
    await page.locator('.badge.gone').first().waitFor()
    expect(await faults()).toEqual([])
    await page.keyboard.press('l')
    await page.locator('td', { hasText: 'default' }).waitFor()
    expect(await faults()).toEqual([])
    const scrolls = (): Promise<number> => page.evaluate('document.documentElement.scrollWidth')
    await expect.poll(scrolls).toBeLessThanOrEqual(width)
  })
})

it('is under 60 KB when it is sent compressed', async () => {
  const folder = new URL('../../dist/inspector/', import.meta.url)
  const names = ['index.html', 'page.js', 'page.css', 'icon.svg']
  const files = await Promise.all(names.map((name) => readFile(new URL(name, folder))))
  expect(gzipSync(Buffer.concat(files)).length).toBeLessThan(60_000)
})
