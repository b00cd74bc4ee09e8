import { createTRPCClient, httpBatchLink, httpBatchStreamLink } from '@trpc/client'

export default {
  name: 'tRPC',
  covers: 'its own client: queries, mutations, batches, streamed batches, errors',
  packages: ['@trpc/server', '@trpc/client'],
  masks: [[/"stack":"(\\.|[^"])*"/g, '"stack":"<stack>"']],
  async visit({ ask, note, port }) {
    await ask(200, 'GET /hello?input=%22Ada%22')
    await ask(200, 'POST /rename', { json: { name: 'Köln' } })
    await ask(403, 'GET /fail')
    await ask(404, 'GET /missing')
    for (const link of [httpBatchLink, httpBatchStreamLink]) {
      const client = createTRPCClient({ links: [link({ url: `http://127.0.0.1:${port}` })] })
      const seen = await Promise.allSettled([
        client.hello.query('Ada'),
        client.hello.query('Jürgen'),
        client.fail.query(),
      ])
      note(`${link.name} queries`, seen.map(outcome))
      note(`${link.name} mutation`, await client.rename.mutate({ name: 'Köln' }))
      if (link === httpBatchStreamLink) note('a list', await all(await client.list.query()))
    }
  },
}

function outcome({ value, reason }) {
  return value ?? { message: reason.message, code: reason.data.code }
}

async function all(iterable) {
  const items = []
  for await (const item of iterable) items.push(item)
  return items
}
