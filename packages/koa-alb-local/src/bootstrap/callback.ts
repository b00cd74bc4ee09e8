/** A handler of two parameters, or of three in the runtimes below Node 24. */
export type Handler = (event: unknown, context: object, callback?: Callback) => unknown

export type Callback = (error?: unknown, result?: unknown) => void

/** The first runtime that takes no callback. */
const firstWithout = 24

/** Whether the handler has to call back, which only older runtimes let it. */
export function isCallbackStyle(handler: { readonly length: number }): boolean {
  return handler.length > 2
}

/** Whether the runtime of this Node lets handlers call back. */
export function takesCallbacks(major: number): boolean {
  return major < firstWithout
}

export function callbackWarning(name: string, count: number): string {
  return `${name} declares ${count} parameters: it is called with a callback here, and not started from the Node 24 runtime on. Return a promise instead of calling back`
}

export function callbackRefusal(name: string, count: number): string {
  return `${name} declares ${count} parameters: the Node 24 runtime starts no function with more than two (event, context). Return a promise instead of calling back`
}

/** Calls back when nothing is left to wait for. */
export type WhenIdle = (then: () => void) => void

interface OldContext {
  callbackWaitsForEmptyEventLoop: boolean
}

/**
 * What the handler comes to in a runtime below Node 24: what it passes to its callback, or to `done`,
 * `succeed` or `fail` of its context, or what the promise settles with that it returns. The callback
 * waits until the event loop is empty, unless `callbackWaitsForEmptyEventLoop` is off; when that is
 * empty and nothing was called, the result is null.
 */
export function callWithCallback(
  handler: Handler,
  event: unknown,
  context: OldContext,
  whenIdle?: WhenIdle,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let isWaitedFor = isCallbackStyle(handler)
    let isCalled = false
    const once = (settle: (error: unknown, result: unknown) => void): Callback => {
      return (error, result) => {
        if (isCalled) return
        isCalled = true
        settle(error, result)
      }
    }
    const settle = (error: unknown, result: unknown): void => {
      if (error === undefined || error === null) resolve(result)
      else reject(error)
    }
    const callback = once((error, result) => {
      const isFine = error === undefined || error === null
      if (isFine && whenIdle && context.callbackWaitsForEmptyEventLoop) {
        whenIdle(() => resolve(result))
      } else settle(error, result)
    })
    const done = once(settle)
    const methods = {
      done,
      succeed: (result: unknown) => done(null, result),
      fail: (error: unknown) => done(error ?? 'handled'),
    }
    for (const [name, method] of Object.entries(methods)) {
      // Who asks for one is going to call it. Not listed: to copy a context is not to ask.
      Object.defineProperty(context, name, {
        get() {
          isWaitedFor = true
          return method
        },
      })
    }
    const returned = handler(event, context, callback)
    if (isPromiseLike(returned)) returned.then(methods.succeed, methods.fail)
    else if (!isWaitedFor) methods.succeed(returned)
    else if (!isCalled) whenIdle?.(() => done(null, null))
  })
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}
