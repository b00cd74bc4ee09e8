import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import send from 'koa-send'
import serveStatic from 'koa-static'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { koa } from '../apps/koa.ts'
import { request } from '../contract/request.ts'
import { serving } from '../contract/serving.ts'
import { exchange } from '../contract/wire.ts'
import { ways } from './ways.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'koa-alb-'))
  await mkdir(join(folder, 'public/sub'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(folder, 'public/.hidden'), 'secret')
  await writeFile(join(folder, 'public/open.txt'), 'open')
  await writeFile(join(folder, 'public/sub/open.txt'), 'open')
})

afterAll(() => rm(folder, { recursive: true }))

const targets: readonly (readonly [target: string, status: string])[] = [
  ['/open.txt', '200'],
  ['/sub/../open.txt', '200'],
  ['/../secret.txt', '403'],
  ['/../../../../../../../../etc/passwd', '403'],
  ['/sub/../../secret.txt', '403'],
  ['/%2e%2e/secret.txt', '403'],
  ['/..%2fsecret.txt', '403'],
  ['/%2e%2e%2fsecret.txt', '403'],
  ['/sub/%2e%2e/%2e%2e/secret.txt', '403'],
  ['/%252e%252e/secret.txt', '404'],
  ['/..%5csecret.txt', '403'],
  ['/..\\secret.txt', '403'],
  ['/%c0%ae%c0%ae/secret.txt', '400'],
  ['/%E0%A4%A', '400'],
  ['/open.txt%00.png', '400'],
  ['/%00', '400'],
  ['/.hidden', '404'],
  ['/%2ehidden', '404'],
  ['/sub/../.hidden', '404'],
  ['//secret.txt', '400'],
  ['//../secret.txt', '400'],
  ['//evil.test/../secret.txt', '400'],
  ['///etc/passwd', '400'],
  ['/./../secret.txt', '403'],
  ['/;/../secret.txt', '404'],
  ['/..;/secret.txt', '404'],
  ['http://evil.test/../secret.txt', '403'],
  ['http://evil.test//etc/passwd', '400'],
  ['http:///etc/passwd', '404'],
]

describe.each(ways)('over %s', (_, serve) => {
  describe.each([
    ['koa-static', () => koa(serveStatic(join(folder, 'public')))],
    [
      'koa-send',
      () =>
        koa(async (ctx) => {
          await send(ctx, ctx.path, { root: join(folder, 'public') })
        }),
    ],
  ])('%s', (_name, app) => {
    it.each(targets)('answers %s with %i', async (target, status) => {
      const line = `GET ${target} HTTP/1.1`
      const response = await exchange(await serving(serve(app())), request(line, []))
      expect(response.status.slice(0, 3)).toBe(status)
      expect(response.body.toString()).not.toMatch(/secret$|root:/)
    })
  })
})
