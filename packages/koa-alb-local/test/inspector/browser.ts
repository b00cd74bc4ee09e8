import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest'
import { start } from '../shared/command-line.ts'
import { folderWith } from '../shared/folder.ts'

export const executablePath = process.env.CHROMIUM_PATH ?? ''

export interface Opened {
  readonly page: Page
  /** Of the load balancer. */
  readonly url: string
  /** Errors of the page, and what its console says of errors. */
  readonly problems: readonly string[]
}

/** One Chromium for the tests of the block. */
export function chromiumOfBlock(): () => Browser {
  let browser: Browser
  beforeAll(async () => {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking']
    browser = await chromium.launch({ executablePath, args })
  })
  afterAll(() => browser.close())
  return () => browser
}

/** Opens the inspector of a function, in one Chromium for the tests of the block. */
export function inBrowser(
  source: string,
): (args?: readonly string[], options?: BrowserContextOptions) => Promise<Opened> {
  const browser = chromiumOfBlock()
  return async (args = [], options = {}) => {
    const folder = await folderWith({ 'lambda.mjs': source })
    const fixed = ['lambda.mjs', '--port', '0', '--no-multi-value-headers', '--inspector', '0']
    const commandLine = start([...fixed, ...args], { folder })
    const url = await commandLine.url()
    const inspector = (await commandLine.line(/^Inspector /)).replace('Inspector ', '')
    const permissions = ['clipboard-read', 'clipboard-write']
    const context = await browser().newContext({ permissions, ...options })
    onTestFinished(() => context.close())
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', ({ message }) => problems.push(message))
    page.on('console', (line) => line.type() === 'error' && problems.push(line.text()))
    await page.goto(inspector)
    return { page, url, problems }
  }
}

/** Shows the exchange of that path, once it is over. */
export async function choose(page: Page, path: string): Promise<void> {
  const row = page.locator('.row', { hasText: path }).first()
  await row.filter({ hasNotText: 'waits' }).click()
  await page.locator('.detail .title', { hasText: path }).waitFor()
}

/** Settles when there is such a text within the element. */
export async function toHaveText(page: Page, selector: string, text: string): Promise<void> {
  await expect.poll(() => page.locator(selector).textContent()).toContain(text)
}
