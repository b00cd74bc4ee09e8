import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { albHandler } from 'koa-alb'
import { createLoadBalancer } from 'koa-alb-local'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/app.ts'
import { createRatesService } from '../src/rates.ts'

const executablePath = process.env.CHROMIUM_PATH ?? ''
const logo = fileURLToPath(new URL('../public/logo.png', import.meta.url))

/** The origin of a server once it listens on a free loopback port. */
async function originOf(server: Server): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  // A server that listens on a TCP port has an AddressInfo.
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

/** Sends a form of the page and gives what the page shows as its result. */
async function send(page: Page, form: string): Promise<string> {
  await page.locator(`#${form} button[type=submit]`).click()
  return shown(page, form)
}

async function shown(page: Page, form: string): Promise<string> {
  const output = page.locator(`output[for=${form}]`)
  await output.filter({ hasText: /[^…]/ }).waitFor()
  return (await output.textContent()) ?? ''
}

describe.skipIf(executablePath === '').each([
  ['app.listen', undefined],
  ['the load balancer in single-value mode', false],
  ['the load balancer in multi-value mode', true],
])('in a browser, the page behind %s', (_name, multiValueHeaders) => {
  const rates = createRatesService()
  let browser: Browser
  let server: Server
  let page: Page
  const problems: string[] = []

  beforeAll(async () => {
    const app = createApp({
      sessionKey: 'test key',
      upstream: await originOf(rates),
      log: () => {},
    })
    server =
      multiValueHeaders === undefined
        ? createServer(app.callback())
        : createLoadBalancer({ target: albHandler(app), multiValueHeaders })
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    })
    page = await browser.newPage()
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => problems.push(message.text()))
    page.on('requestfailed', (request) =>
      problems.push(`${request.url()}: ${request.failure()?.errorText}`),
    )
    await page.goto(await originOf(server))
  })

  afterAll(async () => {
    await browser?.close()
    server?.close()
    rates.close()
  })

  it('shows its image and uses its font', async () => {
    expect(await page.evaluate('document.images[0].naturalWidth')).toBe(128)
    expect(await page.evaluate('document.fonts.ready.then(() => document.fonts.size)')).toBe(1)
    expect(await page.evaluate('[...document.fonts][0].status')).toBe('loaded')
  })

  it('loads the parts, then nothing new', async () => {
    expect(await send(page, 'parts')).toBe(
      '1 Hex nut M8: 1200\n2 Washer 8.4 mm: 860\n3 Feder für Türgriff: 14\nthen 304',
    )
  })

  it('adds a part', async () => {
    expect(await send(page, 'new-part')).toBe('201 Zahnrad № 7: 12')
  })

  it('signs in and out', async () => {
    expect(await send(page, 'login')).toBe('Signed in as ada')
    const cookies = await page.context().cookies()
    expect(cookies.map(({ name }) => name).sort()).toEqual(['session', 'session.sig'])
    await page.locator('#logout').click()
    await page.getByText('204 Signed out').waitFor()
    expect(await page.context().cookies()).toEqual([])
  })

  it('uploads a file and gets the same bytes back', async () => {
    await page.setInputFiles('#files input', logo)
    expect(await send(page, 'files')).toBe('logo.png: 1923 bytes, equal')
  })

  it('reads the compressed report', async () => {
    // koa-compress prefers zstd where Node has it (22.15), brotli elsewhere.
    expect(await send(page, 'report')).toMatch(/^731 lines, (zstd|br)$/)
  })

  it('saves the report under its name', async () => {
    const download = page.waitForEvent('download')
    await page.getByText('Save it').click()
    expect((await download).suggestedFilename()).toBe('stock movements.csv')
  })

  it('asks the proxied service', async () => {
    expect(await send(page, 'rates')).toBe('1 EUR = 1.08 USD, by rates')
  })

  it('follows the redirect', async () => {
    expect(await send(page, 'redirect')).toBe('4 parts at /api/parts')
  })

  it('has nothing to say on the console', () => {
    expect(problems).toEqual([])
  })
})
