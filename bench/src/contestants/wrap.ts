import type { Context } from 'aws-lambda'
import type { AlbEvent } from 'koa-alb'
import type { Mode } from '../scenarios/scenario.ts'

/** What Lambda calls; what it returns is judged, whatever its type. */
export type Handler = (event: AlbEvent, context: Context) => Promise<unknown>

/** Makes a handler of an app, configured as its documentation says for the mode. */
export type Wrap<App> = (app: App, mode: Mode) => Handler | Promise<Handler>

/** The types an adapter has to be told of, where it asks. */
export const binaryTypes = ['image/png', 'application/octet-stream']
