// One app in a process of its own, which the parent ends: node child.mjs listen|handler <folder>.
// It imports nothing: what an agent sees must come from the app, the adapter and Node alone.
const [way, folder] = process.argv.slice(2)
const send = (message) => process.send(message)

const work = {
  async listen() {
    const { listen } = await import(`${folder}/app.mjs`)
    const server = await listen(0)
    if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
    return { port: server.address().port }
  },
  async invoke({ event, remainingMs, requestId }) {
    const deadline = performance.now() + remainingMs
    const result = await handler(event, {
      awsRequestId: requestId,
      functionName: 'frameworks',
      getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
    })
    return { payload: JSON.stringify(result) }
  },
  async load() {
    handler = (await import(`${folder}/lambda.mjs`)).handler
    return {}
  },
  async recorded({ file }) {
    return { recorded: await (await import(file)).default() }
  },
}
let handler

process.on('message', async ({ id, task, ...parameters }) => {
  try {
    send({ id, ...(await work[task](parameters)) })
  } catch (error) {
    send({
      id,
      error: `${error?.code ?? ''} ${error?.stack ?? error} ${error?.cause?.stack ?? ''}`,
    })
  }
})
process.on('disconnect', () => process.exit())
send({ ready: true, way })
