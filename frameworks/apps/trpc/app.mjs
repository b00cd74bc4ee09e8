import { initTRPC, TRPCError } from '@trpc/server'
import { createHTTPServer } from '@trpc/server/adapters/standalone'

const { router, procedure } = initTRPC.create()
export const things = router({
  hello: procedure.input(String).query(({ input }) => `Hello ${input}`),
  rename: procedure.input((value) => value).mutation(({ input }) => ({ ...input, done: true })),
  list: procedure.query(async function* () {
    yield 'one'
    yield 'two'
  }),
  fail: procedure.query(() => {
    throw new TRPCError({ code: 'FORBIDDEN', message: 'on purpose' })
  }),
})

export const listen = (port) => createHTTPServer({ router: things }).listen(port, '127.0.0.1')
