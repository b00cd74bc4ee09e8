import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { type AlbErrorCode, invocation } from 'koa-alb'
import type { Random } from '../fuzz/random.ts'

/** What one invocation is to do. */
export interface Work {
  /** In its path, its headers, its body and its context, and in no other's. */
  readonly token: string
  readonly bodyBytes: number
  readonly chunks: number
  readonly delaysMs: readonly number[]
  readonly end: keyof typeof ends
}

/** How an exchange may end: well, or with this code. */
export const ends = {
  complete: undefined,
  destroyResponse: 'ALB_ERR_CONNECTION_LOST',
  destroySocket: 'ALB_ERR_CONNECTION_LOST',
  throw: 'ALB_ERR_LISTENER_FAILED',
  tooLarge: 'ALB_ERR_RESPONSE_TOO_LARGE',
  never: 'ALB_ERR_DEADLINE_EXCEEDED',
} as const satisfies Record<string, AlbErrorCode | undefined>

export const tokens = new AsyncLocalStorage<string>()

export function randomWork(random: Random, index: number): Work {
  const failing = ['destroyResponse', 'destroySocket', 'throw', 'tooLarge', 'never'] as const
  return {
    token: `${index}-${random.below(2 ** 31)}`,
    bodyBytes: random.chance(0.05) ? random.below(300_000) : random.below(3_000),
    chunks: 1 + random.below(4),
    delaysMs: Array.from({ length: 4 }, () => random.pick([0, 0, 1, random.below(15)])),
    end: random.chance(0.7) ? 'complete' : random.pick(failing),
  }
}

/** Does the work, in steps at which the context must be its own; what was mixed up is reported. */
export async function doWork(
  { token, bodyBytes, chunks, delaysMs, end }: Work,
  req: IncomingMessage,
  res: ServerResponse,
  report: (mixUp: string) => void,
): Promise<void> {
  const check = (step: string): void => {
    if (tokens.getStore() !== token) report(`${token}: ${step} in ${tokens.getStore()}`)
    if (invocation(req)?.event.path !== `/${token}`) report(`${token}: ${step} with another event`)
    if (invocation(req)?.context.awsRequestId !== token) report(`${token}: ${step} of another`)
  }
  for (const emitter of [req, res]) emitter.on('error', () => {})
  res.on('close', () => check('close')).on('finish', () => check('finish'))
  check('start')
  let received = ''
  for await (const chunk of req.setEncoding('utf8')) received += chunk
  if (received !== token) report(`${token}: got the body ${received}`)
  res.setHeader('x-token', token)
  const line = `${token}\n`
  const part = line.repeat(Math.ceil(bodyBytes / chunks / line.length))
  for (let index = 0; index < chunks; index++) {
    await pause(delaysMs[index] ?? 0)
    check('part')
    res.write(part)
  }
  finish(end, req, res)
  // What comes after a failure must reach no other exchange.
  await pause(delaysMs[0] ?? 0)
  check('afterwards')
  if (end !== 'never') res.end(line)
}

function finish(end: Work['end'], req: IncomingMessage, res: ServerResponse): void {
  if (end === 'destroyResponse') res.destroy()
  if (end === 'destroySocket') req.socket.destroy(new Error('why'))
  if (end === 'throw') throw new Error('why')
  if (end === 'tooLarge') res.write(Buffer.alloc(1_100_000))
}

function pause(ms: number): Promise<unknown> {
  return ms === 0 ? new Promise(setImmediate) : wait(ms)
}
