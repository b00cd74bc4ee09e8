import { Agent, request } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { choose, executablePath, inBrowser, toHaveText } from './browser.ts'

// Ten thousand take ten seconds of a core: once is enough.
const count = process.versions.node.startsWith('24.') ? 10_000 : 1000
const connections = 8

/** Sends them over a few connections that stay open. */
async function sendMany(url: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  onTestFinished(() => agent.destroy())
  let sent = 0
  const sendOne = (path: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const asked = request(`${url}${path}`, { agent }, (response) => {
        response.resume().once('end', resolve)
      })
      asked.once('error', reject).end()
    })
  const client = async (): Promise<void> => {
    while (sent < count) {
      sent += 1
      await sendOne(`/many/${sent}`)
    }
  }
  await Promise.all(Array.from({ length: connections }, client))
}

const source = `export const handler = async ({ path }) => ({
  statusCode: 200,
  headers: { 'content-type': 'text/plain' },
  body: path + 'x'.repeat(1000),
})`

describe.skipIf(executablePath === '')('in a browser, of many exchanges', () => {
  const opened = inBrowser(source)

  it('the page has the last five hundred, and goes on to answer', {
    timeout: 300_000,
  }, async () => {
    const { page, url, problems } = await opened()
    const sending = sendMany(url)
    await page.locator('.row').first().waitFor()
    // Rows do not stand still under a pointer.
    await page.keyboard.press('j')
    await toHaveText(page, '.detail', 'what the function returned')
    await sending
    await expect.poll(() => page.locator('.row').count()).toBe(500)
    const ids = async (): Promise<number[]> => {
      const targets = await page.locator('.row .target').allTextContents()
      return targets.map((target) => Number(target.slice('/many/'.length)))
    }
    // Those of several connections are in the order in which they came.
    await expect.poll(async () => Math.min(...(await ids()))).toBeGreaterThan(count - 520)
    await expect
      .poll(async () => Math.min(...(await ids()).slice(0, 10)))
      .toBeGreaterThan(count - 30)
    await page.getByLabel('Search').fill(`many/${count}`)
    await expect
      .poll(() => page.locator('.row .target').allTextContents())
      .toEqual([`/many/${count}`])
    await choose(page, `/many/${count}`)
    const session = await page.context().newCDPSession(page)
    await session.send('HeapProfiler.collectGarbage')
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    expect(usedSize).toBeLessThan(30_000_000)
    expect(problems).toEqual([])
  })
})
