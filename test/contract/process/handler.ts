// Runs in a Lambda runtime process: apps cannot be sent there, so it makes the one it is told to.
import { serialize } from 'node:v8'
import { type AlbEvent, albHandler, type LambdaContext } from 'koa-alb'
import { failures } from '../cases/failures.ts'
import type { App, Saw } from '../contract.ts'
import { groups } from '../groups.ts'

/** Which app, and the event for a new one; without an event, the question what the app has seen. */
export interface Order {
  readonly group: string
  readonly index: number
  readonly event?: AlbEvent
}

let seen: unknown[] = []

export async function handler(order: Order, context: LambdaContext): Promise<unknown> {
  if (!order.event) return serialize(seen).toString('base64')
  const values: unknown[] = []
  seen = values
  const app = appOf(order, (value) => values.push(value))
  return albHandler(app)(order.event, context)
}

function appOf({ group, index }: Order, saw: Saw): App | Promise<App> {
  const one = group === 'failures' ? failures[index] : groups[group]?.[index]
  if (!one) throw new Error(`there is no case ${index} of ${group}`)
  return one.app(saw)
}
