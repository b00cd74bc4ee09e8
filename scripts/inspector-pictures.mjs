// npm run inspector:pictures: writes the pictures of docs/inspector.md, in Chromium (CHROMIUM_PATH).
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './pnpm.mjs'
import { prepare } from './prepare.mjs'

prepare()
const local = join(root, 'packages/koa-alb-local')
const { chromium } = createRequire(join(local, 'package.json'))('playwright-core')
const command = [join(local, 'bin/koa-alb-local.js'), 'src/lambda.ts', '--no-multi-value-headers']
const child = spawn(process.execPath, [...command, '--port', '0', '--inspector', '0'], {
  cwd: join(root, 'examples/koa'),
  stdio: ['ignore', 'pipe', 'inherit'],
})
const urls = {}
for await (const line of createInterface({ input: child.stdout })) {
  const [, name, url] = /^(Listening on|Inspector) (\S+)/.exec(line) ?? []
  if (name) urls[name] = url
  if (name === 'Inspector') break
}
const json = { 'content-type': 'application/json' }
const requests = [
  ['/'],
  ['/catalogue'],
  ['/api/parts?sort=name&tag=steel&tag=m8', { headers: { authorization: 'Bearer secret' } }],
  ['/api/parts', { method: 'POST', body: '{"name":"Hex nut"}', headers: json }],
  ['/api/report.csv'],
  ['/api/nothing', { method: 'DELETE' }],
  ['/api/broken'],
]
for (const [path, init] of requests) {
  await (await fetch(urls['Listening on'] + path, { redirect: 'manual', ...init })).arrayBuffer()
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage({ viewport: { width: 1120, height: 860 } })
await page.goto(urls.Inspector)
await page.locator('.row', { hasText: '/api/parts?' }).click()
await page.locator('.why').waitFor()
await page.screenshot({ path: join(root, 'docs/inspector-exchange.png') })
await page.setViewportSize({ width: 1120, height: 460 })
await page.emulateMedia({ colorScheme: 'dark' })
await page.keyboard.press('l')
await page.locator('td', { hasText: 'default' }).waitFor()
await page.screenshot({ path: join(root, 'docs/inspector-load-balancer.png') })
await browser.close()
child.kill('SIGTERM')
await once(child, 'close')
