import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { deserialize } from 'node:v8'
import { build } from 'esbuild'
import {
  createLoadBalancer,
  type LambdaTarget,
  type LambdaTargetOptions,
  lambdaTarget,
  type Target,
} from 'koa-alb-local'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { badGateway } from '../bad-gateway.ts'
import { failures } from '../cases/failures.ts'
import { type Mode, verify } from '../contract.ts'
import { groups } from '../groups.ts'
import { get } from '../request.ts'
import { serving } from '../serving.ts'
import { exchange } from '../wire.ts'

// As deep as the cases are, some of which look for files beside themselves.
const bundle = fileURLToPath(new URL(`../dist/handler-${process.pid}.mjs`, import.meta.url))

/** Registers the whole suite, with every app in one and the same runtime process per mode. */
export function contractInProcess(
  name: string,
  options: Pick<LambdaTargetOptions, 'runtime' | 'runtimeFrom'> = {},
): void {
  beforeAll(bundleHandler)
  afterAll(() => rm(bundle))
  describe.each(['single', 'multi'] as const)(`in %s mode, with ${name}`, (mode) => {
    let target: LambdaTarget
    beforeAll(() => {
      const handler = { file: bundle, export: 'handler' }
      target = lambdaTarget({ ...options, handler, concurrency: 1, output: () => {} })
    })
    afterAll(() => target.close())

    for (const [group, cases] of Object.entries(groups)) {
      describe(group, () => {
        for (const [index, one] of cases.entries()) {
          it(one.name, () => {
            const app = { group, index }
            return verify(one, mode, balancer(appTarget(target, app), mode), () =>
              seen(target, app),
            )
          })
        }
      })
    }
    describe('502, and the process lives on, when the app', () => {
      it.each(failures.map(({ name }, index) => ({ name, index })))('$name', async ({ index }) => {
        const app = { group: 'failures', index }
        const server = balancer(appTarget(target, app), mode)
        const response = await exchange(await serving(server), get())
        expect(response).toMatchObject({ status: badGateway.status })
        expect(response.body.toString()).toBe(badGateway.body)
        expect(await target.invoke(JSON.stringify(app), { requestId: 'after' })).toEqual({
          payload: expect.any(String),
        })
      })
    })
  })
}

interface AppName {
  readonly group: string
  readonly index: number
}

async function bundleHandler(): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('handler.ts', import.meta.url))],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    alias: { vitest: fileURLToPath(new URL('vitest.ts', import.meta.url)) },
    logLevel: 'warning',
  })
}

/** The target, told which app each event is for. */
function appTarget(target: Target, app: AppName): Target {
  return {
    invoke: (event, invocation) =>
      target.invoke(`${JSON.stringify(app).slice(0, -1)},"event":${event}}`, invocation),
  }
}

async function seen(target: Target, app: AppName): Promise<unknown[]> {
  const outcome = await target.invoke(JSON.stringify(app), { requestId: 'seen' })
  if (!('payload' in outcome)) throw new Error(outcome.detail)
  return deserialize(Buffer.from(JSON.parse(outcome.payload), 'base64'))
}

function balancer(target: Target, mode: Mode): ReturnType<typeof createLoadBalancer> {
  return createLoadBalancer({ target, multiValueHeaders: mode === 'multi', log: () => {} })
}
