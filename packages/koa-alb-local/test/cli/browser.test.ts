import { chromium, type Page } from 'playwright-core'
import { describe, expect, it, onTestFinished } from 'vitest'
import { start } from '../shared/command-line.ts'
import { folderWith, writeIn } from '../shared/folder.ts'

const executablePath = process.env.CHROMIUM_PATH ?? ''

const manifest = { 'package.json': '{ "type": "module" }' }

function page(heading: string): string {
  return `export const handler = async () => ({
  statusCode: 200,
  multiValueHeaders: { 'content-type': ['text/html'] },
  body: '<!doctype html><link rel="icon" href="data:,"><h1>${heading}</h1>',
})
`
}

/** A page of a browser for the current test, which takes certificates nobody vouches for. */
async function openPage(): Promise<Page> {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  onTestFinished(() => browser.close())
  return browser.newPage({ ignoreHTTPSErrors: true })
}

describe.skipIf(executablePath === '')('in a browser, the command', () => {
  it('serves a page over HTTPS and HTTP/2', async () => {
    const folder = await folderWith({ ...manifest, 'lambda.js': page('encrypted') })
    const url = await start(['lambda.js', '--port', '0', '--https'], { folder }).url()
    const shown = await openPage()
    const response = await shown.goto(url)
    expect(response?.status()).toBe(200)
    expect(await shown.locator('h1').textContent()).toBe('encrypted')
    expect(await shown.evaluate('performance.getEntries()[0].nextHopProtocol')).toBe('h2')
    expect(await shown.evaluate('isSecureContext')).toBe(true)
  })

  it('shows why a build is broken, and by itself the page of the mended one', async () => {
    const folder = await folderWith({ ...manifest, 'lambda.ts': page('good') })
    const commandLine = start(['lambda.ts', '--port', '0', '--watch'], { folder })
    const shown = await openPage()
    await shown.goto(await commandLine.url())
    expect(await shown.locator('h1').textContent()).toBe('good')

    await writeIn(folder, 'lambda.ts', 'export const handler = <broken')
    await commandLine.line(/lambda\.ts:1:/)
    expect((await shown.reload())?.status()).toBe(500)
    expect(await shown.locator('h1').textContent()).toBe('The function cannot be loaded')
    expect(await shown.locator('pre').textContent()).toContain('export const handler = <broken')

    await writeIn(folder, 'lambda.ts', page('mended'))
    await shown.getByRole('heading', { name: 'mended' }).waitFor()
  })
})
