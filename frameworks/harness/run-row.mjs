import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { build } from './build.mjs'
import { startCollector } from './collector.mjs'
import { comparable, difference } from './comparable.mjs'
import { serve } from './serving.mjs'
import { createVisitor } from './visitor.mjs'

const patienceMs = 15_000

/**
 * Runs one row: the same visit over app.listen() and over the handler in both header modes. Resolves
 * to the number of exchanges and to what differs: nothing, if all is the same.
 */
export async function runRow(row, node) {
  const differences = []
  let exchanges = 0
  try {
    await build(row, node)
  } catch (error) {
    return { exchanges, differences: [error.message] }
  }
  for (const app of row.apps) {
    const about = row.apps.length > 1 ? `${basename(app)}, ` : ''
    try {
      const listen = await visited(row, app, 'listen', node)
      exchanges += listen.exchanges.length
      for (const way of ['single', 'multi']) {
        const found = compared(row, listen, await visited(row, app, way, node))
        differences.push(...found.map((each) => `${about}${way} mode: ${each}`))
      }
    } catch (error) {
      differences.push(`${about}${error.message}`)
    }
  }
  return { exchanges, differences }
}

async function visited(row, app, way, node) {
  const collector = await startCollector()
  const env = { ...row.load, ...row.env({ port: collector.port }) }
  const server = await serve({ way, node, env, folder: app, cwd: row.folder }).catch((error) => {
    collector.close()
    throw error
  })
  try {
    const visitor = createVisitor(server.port, way)
    await row.visit(visitor, basename(app))
    const records = await recorded(row, server, collector, visitor.exchanges.length)
    return { way, exchanges: visitor.exchanges, records, failures: server.failures }
  } catch (error) {
    throw new Error(`${way}: ${[error.message, ...server.failures].join('\n    ')}`)
  } finally {
    await server.close()
    collector.close()
  }
}

/** What the agent reported: looked for until it is complete, since agents report when they like. */
async function recorded(row, { process }, collector, exchanges) {
  if (!row.records) return []
  const inside = row.flush ? (await process.call('recorded', { file: row.flush })).recorded : {}
  const expected = exchanges - (row.ignored ?? 0)
  const deadline = Date.now() + patienceMs
  for (;;) {
    const seen = row.records({ ...collector, inside, printed: process.printed.out })
    if (seen.length >= expected)
      return seen.map((each, n) => ({ line: `record ${n + 1}`, seen: each }))
    if (Date.now() > deadline) {
      throw new Error(`${seen.length} records of ${exchanges} exchanges: ${JSON.stringify(seen)}`)
    }
    await delay(50)
  }
}

function compared(row, listen, other) {
  const texts = ({ exchanges, records }) =>
    [...exchanges, ...records].map((each) => comparable(each, other.way, row.masks))
  const found = texts(other)
  return texts(listen)
    .map((expected, index) => difference(expected, found[index] ?? ''))
    .filter(Boolean)
    .concat(other.failures)
}
