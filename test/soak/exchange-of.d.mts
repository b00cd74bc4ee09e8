import type { RequestListener } from 'node:http'
import type { AlbEvent, AlbHandler, albHandler, LambdaContext } from 'koa-alb'
import type { Ending } from './endings.mjs'

export function createHandler(
  create: typeof albHandler,
  ending: Ending,
  seen?: RequestListener,
): AlbHandler
export function createEvent(ending: Ending, multi?: boolean): AlbEvent
export function createContext(ending: Ending): LambdaContext
export function outcomeOf(invocation: Promise<unknown>): Promise<number | string>
